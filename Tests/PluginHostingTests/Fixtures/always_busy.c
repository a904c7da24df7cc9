/* Never has room. */
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  (void)self, (void)request;
  return BEAM_BUSY;
}
