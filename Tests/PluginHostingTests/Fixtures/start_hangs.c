/* Never completes START. */
#define EXECUTION "{\"start_timeout_ms\":20}"
#define ON_START(self, request) (void)0
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
