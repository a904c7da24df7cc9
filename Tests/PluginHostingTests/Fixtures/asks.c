/* Asks what its arguments say, or answers with the context it was called in. */
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  if (memcmp(request->name.ptr, "ask", 3) == 0) return answer(self, request->call, BEAM_INPUT_REQUIRED, request->body), BEAM_OK;
  return answer(self, request->call, BEAM_OK, request->context), BEAM_OK;
}
