/* Says it was built for another major. */
#define TABLE_MAJOR 2
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
