/* Refuses the host. */
#define ENTRY
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
BEAM_EXPORT const beam_plugin *beam_plugin_v1(const beam_host *host) {
  static const beam_plugin *volatile none;
  host->log(host, 0, 4, STR("this host will not do"), NONE);
  return none ? &plugin : NULL;
}
