/* Has no room twice, then answers with how often it was asked. */
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  if (++self->attempts < 3) return BEAM_BUSY;
  return answer(self, request->call, BEAM_OK, STR("{\"attempts\":3}")), BEAM_OK;
}
