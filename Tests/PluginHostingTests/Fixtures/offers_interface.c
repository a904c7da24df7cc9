/* A tool with a user interface, as MCP Apps has it, and with an icon: `act` answers with a link to the interface. */
#define MANIFEST \
  "{\"schema\":\"beamline.manifest/1\",\"id\":\"org.test.fixture\",\"version\":\"1\",\"namespace\":\"fixture\"," \
  "\"abi\":{\"major\":1,\"min_minor\":0}," \
  "\"tools\":[{\"name\":\"act\",\"description\":\"Acts.\",\"inputSchema\":{\"type\":\"object\"}," \
  "\"icons\":[{\"src\":\"https://icons.example.org/act.png\",\"sizes\":[\"48x48\"]}]," \
  "\"_meta\":{\"ui\":{\"resourceUri\":\"ui://clock/view.html\"}}}," \
  "{\"name\":\"plain\",\"description\":\"Has none.\",\"inputSchema\":{\"type\":\"object\"}}]," \
  "\"resources\":[{\"uri\":\"ui://clock/view.html\",\"name\":\"clock\"," \
  "\"mimeType\":\"text/html;profile=mcp-app\"," UI "}]," \
  "\"auth\":{\"roles\":{\"user\":\"any\",\"guest\":\"less\"},\"rules\":[{\"match\":\"*\",\"call\":{\"anyRole\":" \
  "[\"user\"]}},{\"match\":\"plain\",\"call\":{\"anyRole\":[\"user\",\"guest\"]}}]}}"
#define UI \
  "\"_meta\":{\"ui\":{\"csp\":{\"connectDomains\":[\"https://data.example.org\"]},\"permissions\":{\"camera\":{}}}}"
#define SUBMIT answer_all
struct beam_instance;
struct beam_request;
static int answer_all(struct beam_instance *, const struct beam_request *);
#include "fixture.h"

static beam_status answer_all(beam_instance *self, const beam_request *request) {
  if (request->method != BEAM_M_RESOURCE_READ) return submit(self, request);
  return answer(self, request->call, BEAM_OK,
                STR("{\"contents\":[{\"uri\":\"ui://clock/view.html\",\"mimeType\":\"text/html;profile=mcp-app\","
                    "\"text\":\"<!doctype html>\"," UI "}]}")),
         BEAM_OK;
}

static beam_status on_call(beam_instance *self, const beam_request *request) {
  beam_result result = {sizeof result, BEAM_OK, 0, STR("{\"time\":12}"), NONE, NONE};
  result.content = STR("[{\"type\":\"resource_link\",\"name\":\"clock\",\"uri\":\"ui://clock/view.html\"}]");
  result.meta = STR("{\"ui\":{\"resourceUri\":\"ui://clock/view.html\"}}");
  return self->host->complete(self->host, request->call, &result), BEAM_OK;
}
