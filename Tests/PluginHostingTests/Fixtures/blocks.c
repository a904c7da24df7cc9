/* Waits inside submit for the answer to an operation of the host: only possible on threads of its own. */
#define EXECUTION "{\"blocking\":true,\"concurrency\":2}"
#include "fixture.h"

#include <semaphore.h>

struct wait {
  sem_t done;
  beam_status status;
};

static void reply(void *user, beam_status status, beam_str body) {
  struct wait *wait = user;
  (void)body;
  wait->status = status;
  sem_post(&wait->done);
}

static beam_status on_call(beam_instance *self, const beam_request *request) {
  struct wait wait = {.status = BEAM_INTERNAL};
  beam_status status;
  sem_init(&wait.done, 0, 0);
  status = self->host->invoke(self->host, request->call, STR("source.query"), STR("{}"), reply, &wait, NULL);
  if (status != BEAM_OK) return status;
  while (sem_wait(&wait.done) != 0) {}
  return answer(self, request->call, wait.status, STR("{\"waited\":true}")), BEAM_OK;
}
