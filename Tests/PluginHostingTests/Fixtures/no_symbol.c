/* Exports no entry point. */
#define ENTRY
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
BEAM_EXPORT const beam_plugin *beam_plugin_v0(void) { return &plugin; }
