/* Answers inside submit and then says it did not take the call. */
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  answer(self, request->call, BEAM_OK, STR("{\"answered\":true}"));
  return BEAM_CONFLICT;
}
