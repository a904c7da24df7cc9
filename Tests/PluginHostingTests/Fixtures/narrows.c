/* Says of each call whether it is allowed, as the item's name asks for. */
#include <stdint.h>
#define SUBMIT answer_all
struct beam_instance;
struct beam_request;
static int32_t answer_all(struct beam_instance *, const struct beam_request *);
#define MANIFEST \
  "{\"schema\":\"beamline.manifest/1\",\"id\":\"org.test.narrows\",\"version\":\"1\",\"namespace\":\"fixture\"," \
  "\"abi\":{\"major\":1,\"min_minor\":0},\"tools\":[{\"name\":\"act\",\"description\":\"Acts.\"," \
  "\"inputSchema\":{\"type\":\"object\"}}],\"auth\":{\"roles\":{\"user\":\"any\"}," \
  "\"rules\":[{\"match\":\"*\",\"call\":{\"anyRole\":[\"user\"]},\"narrow\":true}]}}"
#include "fixture.h"

static int names(const beam_request *request, const char *name) {
  return request->name.len == strlen(name) && memcmp(request->name.ptr, name, request->name.len) == 0;
}

static beam_status answer_all(beam_instance *self, const beam_request *request) {
  if (request->method != BEAM_M_AUTHORIZE) return submit(self, request);
  if (names(request, "never")) return BEAM_OK;
  if (names(request, "unsupported")) return BEAM_UNSUPPORTED;
  if (names(request, "fails")) return answer(self, request->call, BEAM_UNAVAILABLE, STR("{\"allow\":true}")), BEAM_OK;
  if (names(request, "no")) return answer(self, request->call, BEAM_OK, STR("{\"allow\":false}")), BEAM_OK;
  if (names(request, "reason"))
    return answer(self, request->call, BEAM_OK, STR("{\"allow\":false,\"reason\":\"Not\\u001b[31m yours.\"}")), BEAM_OK;
  if (names(request, "body")) {
    /* Allowed only when the question is put as it should be. */
    static const char wanted[] = "{\"kind\":\"tool\",\"arguments\":{\"task\":7}}";
    int equal = request->body.len == sizeof wanted - 1 && memcmp(request->body.ptr, wanted, sizeof wanted - 1) == 0;
    return answer(self, request->call, BEAM_OK, equal ? STR("{\"allow\":true}") : STR("{\"allow\":false}")), BEAM_OK;
  }
  return answer(self, request->call, BEAM_OK, STR("{\"allow\":\"yes\"}")), BEAM_OK;
}

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
