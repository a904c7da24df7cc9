/* Keeps the first call and completes it during the second, after the host has given it up. */
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  if (self->kept == 0) {
    self->kept = request->call;
    return BEAM_OK;
  }
  answer(self, self->kept, BEAM_OK, STR("{\"late\":true}"));
  return answer(self, request->call, BEAM_OK, STR("{\"second\":true}")), BEAM_OK;
}
