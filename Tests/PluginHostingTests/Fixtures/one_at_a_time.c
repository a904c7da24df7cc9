/* Says it takes one call at a time, and fails a call that finds another one open. */
#define EXECUTION "{\"concurrency\":1}"
#include "fixture.h"

#include <pthread.h>
#include <sched.h>

static volatile int inside;

static void *later(void *argument) {
  beam_instance *self = argument;
  beam_call call = self->kept;
  sched_yield();
  __atomic_store_n(&inside, 0, __ATOMIC_SEQ_CST);
  answer(self, call, BEAM_OK, STR("{\"alone\":true}"));
  return NULL;
}

static beam_status on_call(beam_instance *self, const beam_request *request) {
  pthread_t thread;
  if (__atomic_exchange_n(&inside, 1, __ATOMIC_SEQ_CST) != 0) return BEAM_CONFLICT;
  self->kept = request->call;
  if (pthread_create(&thread, NULL, later, self) != 0) return BEAM_UNAVAILABLE;
  pthread_detach(thread);
  return BEAM_OK;
}
