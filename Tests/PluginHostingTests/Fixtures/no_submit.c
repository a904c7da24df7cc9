/* A table without submit. */
#define SUBMIT NULL
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
beam_status (*keep)(beam_instance *, const beam_request *) = submit;
