/* Cannot start, and says why. */
#define ON_START(self, request) answer(self, request->call, BEAM_INVALID_ARGUMENT, STR("{\"message\":\"The greeting is missing.\"}"))
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
