#include "polling.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { MOST = 64 };

int polling_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int polling_create_wake(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void polling_wake(int wake) {
  const uint64_t one = 1;
  /* It can only be full, and then it is readable. */
  ssize_t ignored = write(wake, &one, sizeof one);
  (void)ignored;
}

static int control(int poll, int operation, int descriptor, uint64_t number, int wants_room) {
  struct epoll_event event = {wants_room ? EPOLLIN | EPOLLOUT : EPOLLIN, {.u64 = number}};
  return epoll_ctl(poll, operation, descriptor, &event) == 0 ? 0 : errno;
}

int polling_add(int poll, int descriptor, uint64_t number, int wants_room) {
  return control(poll, EPOLL_CTL_ADD, descriptor, number, wants_room);
}

int polling_change(int poll, int descriptor, uint64_t number, int wants_room) {
  return control(poll, EPOLL_CTL_MOD, descriptor, number, wants_room);
}

void polling_remove(int poll, int descriptor) { (void)control(poll, EPOLL_CTL_DEL, descriptor, 0, 0); }

int polling_wait(int poll, struct polling_event *events, int most, int milliseconds) {
  struct epoll_event found[MOST];
  int count = epoll_wait(poll, found, most < MOST ? most : MOST, milliseconds), index;
  for (index = 0; index < count; index++) {
    events[index].number = found[index].data.u64;
    events[index].readable = (found[index].events & ~(uint32_t)EPOLLOUT) != 0;
    events[index].writable = (found[index].events & EPOLLOUT) != 0;
  }
  return count;
}
