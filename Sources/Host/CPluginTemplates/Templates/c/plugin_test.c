/* Unit tests against the fake host: no gateway, no network. */
#include "beamline_fake_host.h"

#include <stdio.h>
#include <string.h>

static int failures;

static void expect(int holds, const char *what) {
  if (holds) return;
  failures++;
  printf("FAILED: %s\n", what);
}

int main(void) {
  beam_fake *host = beam_fake_new(BEAM_FAKE_GUARDED);
  beam_fake_result result;
  expect(beam_fake_create(host, beam_plugin_v1(beam_fake_table(host)), "{}") == BEAM_OK, "create makes an instance");
  expect(beam_fake_call(host, BEAM_M_START, "", "{}").status == BEAM_OK, "it starts");

  result = beam_fake_call(host, BEAM_M_TOOL_CALL, "greet", "{ \"title\": \"name\", \"name\": \"Ada \\\"A\\\" L\" }");
  expect(result.status == BEAM_OK, "greet succeeds");
  expect(strcmp(result.structured, "{\"greeting\":\"Hello, Ada \\\"A\\\" L.\"}") == 0, "greet says hello");

  result = beam_fake_call(host, BEAM_M_TOOL_CALL, "no_such_tool", "{}");
  expect(result.status == BEAM_NOT_FOUND, "other names are not found");
  expect(beam_fake_call(host, 9999, "", "{}").status == BEAM_UNSUPPORTED, "other methods are refused");

  expect(beam_fake_call(host, BEAM_M_STOP, "", "{}").status == BEAM_OK, "it stops");
  expect(beam_fake_counts_of(host).stale == 0, "every call is completed once");
  beam_fake_destroy(host);
  if (failures == 0) printf("all tests passed\n");
  return failures != 0;
}
