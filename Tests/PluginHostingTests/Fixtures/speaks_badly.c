/* Says much that cannot be passed on, and goes on after its answer. */
#include "fixture.h"

#include <math.h>

static beam_status on_call(beam_instance *self, const beam_request *request) {
  const beam_host *host = self->host;
  beam_call call = request->call;
  host->emit(host, call, BEAM_E_LOG, STR("no JSON"));
  host->emit(host, call, BEAM_E_LOG, STR("[]"));
  host->emit(host, call, BEAM_E_LOG, STR("{\"level\":\"loud\",\"data\":1}"));
  host->emit(host, call, BEAM_E_LOG, STR("{\"level\":\"info\"}"));
  host->emit(host, call, BEAM_E_LOG, NONE);
  host->emit(host, call, 99, STR("{\"level\":\"info\",\"data\":1}"));
  host->emit(host, call, BEAM_E_LOG, STR("{\"level\":\"alert\",\"logger\":7,\"data\":null}"));
  host->progress(host, call, 1, -1, NONE);
  host->progress(host, call, 2, NAN, STR("a\nb\x1b[31m"));
  answer(self, call, BEAM_OK, STR("{}"));
  host->progress(host, call, 3, 3, NONE);
  host->emit(host, call, BEAM_E_LOG, STR("{\"level\":\"info\",\"data\":1}"));
  return BEAM_OK;
}
