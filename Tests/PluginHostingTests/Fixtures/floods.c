/* Sends the client long messages, a thousand in a second, as long as the answer is wanted. */
#define EXECUTION "{\"concurrency\":16,\"blocking\":true}"
#include "fixture.h"

#include <time.h>

#define LENGTH 60000

static beam_status on_call(beam_instance *self, const beam_request *request) {
  static const char start[] = "{\"level\":\"info\",\"data\":\"";
  static char text[sizeof start + LENGTH + 2];
  struct timespec pause = {0, 1000000};
  memcpy(text, start, sizeof start - 1);
  memset(text + sizeof start - 1, 'x', LENGTH);
  memcpy(text + sizeof start - 1 + LENGTH, "\"}", 2);
  while (self->host->poll(self->host, request->call) == BEAM_OK) {
    self->host->emit(self->host, request->call, BEAM_E_LOG, (beam_str){text, sizeof start - 1 + LENGTH + 2});
    nanosleep(&pause, NULL);
  }
  answer(self, request->call, BEAM_CANCELLED, STR("{}"));
  return BEAM_OK;
}
