/* Needs something this host does not know. */
#define TABLE_FLAGS (1ull << 40)
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
