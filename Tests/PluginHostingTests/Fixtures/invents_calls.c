/* Completes a call nobody made. */
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  answer(self, 0x123456789abcdef0u, BEAM_OK, STR("{\"invented\":true}"));
  answer(self, 0, BEAM_OK, STR("{\"invented\":true}"));
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
