/* Completes every call twice; the second answer must be STALE, and says so to the log. */
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  answer(self, request->call, BEAM_OK, STR("{\"first\":true}"));
  if (answer(self, request->call, BEAM_OK, STR("{\"second\":true}")) == BEAM_STALE)
    self->host->log(self->host, 0, 2, STR("second was stale"), NONE);
  return BEAM_OK;
}
