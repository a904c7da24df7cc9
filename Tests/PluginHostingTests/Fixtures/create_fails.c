/* Cannot be created. */
#define CREATE create
#include "plugin_api.h"
static beam_status create(const beam_host *, beam_str, beam_instance **);
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
static beam_status create(const beam_host *host, beam_str config, beam_instance **out) {
  (void)config, (void)out;
  host->log(host, 0, 5, STR("no luck today"), NONE);
  return BEAM_INVALID_ARGUMENT;
}
