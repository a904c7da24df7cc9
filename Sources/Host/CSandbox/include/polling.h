/* epoll(7), whose structs and constants Swift does not see. */
#ifndef BEAMLINE_POLLING_H
#define BEAMLINE_POLLING_H
#include <stdint.h>

struct polling_event {
  uint64_t number; /* as it was given */
  int readable;    /* or at its end, or broken */
  int writable;
};

/* A descriptor to wait on, or -1. */
int polling_create(void);
/* A descriptor that polling_wake makes readable for ever, or -1. */
int polling_create_wake(void);
void polling_wake(int wake);

/* Watches a descriptor for reading, and for room to write when asked. 0, or the system's error. */
int polling_add(int poll, int descriptor, uint64_t number, int wants_room);
int polling_change(int poll, int descriptor, uint64_t number, int wants_room);
void polling_remove(int poll, int descriptor);

/* Waits for events, at most so many and so long. How many there are; -1 when a signal came first. */
int polling_wait(int poll, struct polling_event *events, int most, int milliseconds);

#endif
