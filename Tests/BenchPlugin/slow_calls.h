/* Calls that are answered after a while, all by one thread, so that none of them holds one of the host's. */
#ifndef BENCH_SLOW_CALLS_H
#define BENCH_SLOW_CALLS_H
#include "plugin_api.h"

typedef struct slow_calls slow_calls;

/* NULL when there is no memory. */
slow_calls *slow_calls_create(const beam_host *host);
/* Starts the thread; 0 when there is none to be had. */
int slow_calls_start(slow_calls *self);
/* Completes `call` in so many milliseconds; BEAM_BUSY when too many wait. */
beam_status slow_calls_add(slow_calls *self, beam_call call, long milliseconds);
/* Completes `call` now if it waits. */
void slow_calls_cancel(slow_calls *self, beam_call call);
/* Completes what waits, and ends the thread. */
void slow_calls_stop(slow_calls *self);
/* After the end of the thread. */
void slow_calls_destroy(slow_calls *self);

#endif
