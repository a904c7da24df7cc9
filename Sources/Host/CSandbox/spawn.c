#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <unistd.h>

int sandbox_ends(int channel[2], int errors[2]) {
  int error;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0) return errno;
  if (pipe2(errors, O_CLOEXEC) != 0) {
    error = errno;
    close(channel[0]);
    close(channel[1]);
    return error;
  }
  (void)fcntl(channel[0], F_SETFL, O_NONBLOCK);
  (void)fcntl(errors[0], F_SETFL, O_NONBLOCK);
  return 0;
}

int sandbox_spawn(const char *program, char *const arguments[], int channel, int image, int errors, int *pid) {
  /* A plugin's crash is told by the system, not by a program the worker may not start. */
  static char *const environment[] = {"SWIFT_BACKTRACE=enable=no", NULL};
  const int sources[] = {channel, image, errors};
  int moved[3] = {-1, -1, -1};
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t every, none;
  pid_t child = 0;
  int number, error;
  if ((error = posix_spawn_file_actions_init(&actions)) != 0) return error;
  if ((error = posix_spawnattr_init(&attributes)) != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return error;
  }
  for (number = 0; number < 3 && error == 0; number++) {
    /* Above 2, so that none is overwritten before it is in its place. */
    moved[number] = fcntl(sources[number], F_DUPFD_CLOEXEC, 3);
    error = moved[number] < 0 ? errno : posix_spawn_file_actions_adddup2(&actions, moved[number], number);
  }
  sigfillset(&every);
  sigemptyset(&none);
  if (error == 0) error = posix_spawnattr_setsigdefault(&attributes, &every);
  if (error == 0) error = posix_spawnattr_setsigmask(&attributes, &none);
  if (error == 0) error = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
  if (error == 0) error = posix_spawn(&child, program, &actions, &attributes, arguments, environment);
  for (number = 0; number < 3; number++)
    if (moved[number] >= 0) close(moved[number]);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  *pid = child;
  return error;
}
