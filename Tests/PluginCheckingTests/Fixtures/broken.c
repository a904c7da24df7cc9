/* A plugin that is in order unless BROKEN names one of the ways below to be wrong.
 *
 * ONE_MORE, UNRESOLVED and WRITTEN_CODE are for the linker.
 * Tools: count {text} answers inside submit; ask {} asks a source and answers with its reply. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "plugin_api.h"

#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum broken {
  NOTHING, WRONG_MANIFEST, WRONG_SCHEMA, WRONG_OUTPUT_SCHEMA, LONG_NAME,
  REFUSES_HOST, SHORT_TABLE, WRONG_MAJOR, UNKNOWN_FLAG, NO_CANCEL, CHANGING_MANIFEST,
  SETS_SIGNAL, SETS_LOCALE, CHANGES_FOLDER, SETS_ENVIRONMENT, SETS_UMASK, OPENS_FILE, CLOSES_INPUT, STARTS_THREAD,
  CRASHES_AT_LOAD, EXITS_IN_CREATE, HANGS_IN_CREATE, READS_CONFIG_BEYOND,
  CREATE_FAILS, CREATE_ASKS, START_FAILS, BAD_HEALTH, BAD_LIST, STOP_FAILS,
  SHARES_HOST, KNOWS_ALL_METHODS, KNOWS_ALL_TOOLS, NOT_JSON, NOT_ITS_SCHEMA, CONTENT_NOT_ARRAY, EMPTY_RESULT, NO_QUESTION,
  UNREADABLE, HUGE_RESULT, NOT_UTF8, SMALL_BUFFER, COMPLETES_TWICE, COMPLETES_TWICE_LATER, COMPLETES_AND_REFUSES, NEVER_COMPLETES, INVENTS_CALL,
  KEEPS_POINTER, READS_BEYOND, WRITES_TO_BODY, KEEPS_REPLY, EXACT_SIZE, EXACT_FLAGS, WAITS_FOR_EMIT, IGNORES_CANCEL, SHARES_CALL,
  STOP_HANGS, LIVES_ON, ALLOWS_ALL, ALLOWS_WITH_WORD, LEAKS_MEMORY, LEAKS_FILES, LEAKS_THREADS, SLOW_SUBMIT,
  OPENS_SOCKET_AT_LOAD, OPENS_SOCKET, STARTS_PROGRAM, FORKS, WRITES_FILE, READS_FILE, READS_PARENT, SIGNALS_PARENT, TRACES_PARENT,
  ASKS_FOR_MORE, EATS_MEMORY, HOSTILE,
  WRONG_TEMPLATE, EMPTY_CONTENTS, BARE_CONTENTS, WRONG_COMPLETION, NO_MESSAGES, KNOWS_ALL_RESOURCES, KNOWS_ALL_PROMPTS,
  NO_COLUMNS, SHORT_ROWS, MANY_ROWS, STRANGE_TYPE, REFUSES_QUERIES, KNOWS_ALL_SOURCES, KNOWS_ALL_OPERATIONS,
  NOTIFIES_BEFORE_START, EMITS_AFTER_END, PROGRESS_AFTER_END, NOTIFIES_AFTER_STOP, ASKS_AFTER_STOP
};
#ifndef BROKEN
#define BROKEN NOTHING
#endif
static const int broken = BROKEN;

#define STR(text) ((beam_str){(text), sizeof(text) - 1})
#define NONE ((beam_str){NULL, 0})

struct beam_instance {
  const beam_host *host;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  int threads;
};

/* What answers later needs. */
struct later {
  struct beam_instance *self;
  beam_call call;
  const char *text;
  uint64_t length;
};

static struct beam_instance *only;
static volatile beam_call last_call;
static beam_str kept_reply;

static void complete(struct beam_instance *self, beam_call call, beam_status status, beam_str structured) {
  beam_result result = {sizeof result, status, 0, structured, NONE, NONE};
  const beam_host *host = broken == SHARES_HOST ? only->host : self->host;
  if (broken == CONTENT_NOT_ARRAY) result.content = STR("{}");
  if (broken == UNREADABLE && structured.len > 2) result.struct_size = 4;
  host->complete(host, call, &result);
  if (broken == COMPLETES_TWICE) host->complete(host, call, &result);
  if (broken == EMITS_AFTER_END) host->emit(host, call, BEAM_E_LOG, STR("{\"level\":\"info\",\"data\":1}"));
  if (broken == PROGRESS_AFTER_END) host->progress(host, call, 1, 1, NONE);
}

static int is_named(const beam_request *request, const char *name) {
  return request->name.len == strlen(name) && memcmp(request->name.ptr, name, strlen(name)) == 0;
}

static int begins(beam_str text, const char *start) {
  return text.len >= strlen(start) && memcmp(text.ptr, start, strlen(start)) == 0;
}

static int has(beam_str text, const char *part) { return text.len > 0 && memmem(text.ptr, text.len, part, strlen(part)) != NULL; }

static void begin(struct beam_instance *self, void *(*run)(void *), struct later later) {
  struct later *kept = malloc(sizeof *kept);
  pthread_t thread;
  *kept = later;
  kept->self = self;
  pthread_mutex_lock(&self->lock);
  self->threads++;
  pthread_mutex_unlock(&self->lock);
  pthread_create(&thread, NULL, run, kept);
  pthread_detach(thread);
}

static void end(struct later *later) {
  pthread_mutex_lock(&later->self->lock);
  later->self->threads--;
  pthread_cond_broadcast(&later->self->changed);
  pthread_mutex_unlock(&later->self->lock);
  free(later);
}

static void *run_late_answer(void *argument) {
  struct later *later = argument;
  usleep(20000);
  if (broken == KEEPS_POINTER && later->length > 0 && later->text[0] == 0) abort();
  complete(later->self, later->call, BEAM_OK, STR("{\"count\":1}"));
  if (broken == COMPLETES_TWICE_LATER) complete(later->self, later->call, BEAM_OK, STR("{\"count\":1}"));
  end(later);
  return NULL;
}

static void *run_idle(void *argument) {
  (void)argument;
  for (;;) pause();
  return NULL;
}

static void *run_on(void *argument) {
  struct beam_instance *self = argument;
  usleep(100000);
  pthread_mutex_lock(&self->lock);
  return NULL;
}

static void start_thread(void *(*run)(void *), void *argument) {
  pthread_t thread;
  pthread_create(&thread, NULL, run, argument);
  pthread_detach(thread);
}

static beam_str huge(void) {
  static char *text;
  size_t length = 17 << 20;
  if (text == NULL) {
    text = malloc(length);
    memset(text, ' ', length);
    memcpy(text, "{\"count\":1}", 11);
  }
  return (beam_str){text, length};
}

static int opened(const char *path, int flags) {
  int file = open(path, flags | O_CLOEXEC, 0600);
  if (file >= 0) close(file);
  return file >= 0;
}

/* Reads what a checking process should not know, and changes what it should not. How much of that worked. */
static int reached(int deed) {
  char path[64], *const arguments[] = {"true", NULL};
  int file;
  pid_t child;
  snprintf(path, sizeof path, "/proc/%d/environ", getppid());
  switch (deed) {
  case OPENS_SOCKET:
    file = socket(AF_INET, SOCK_STREAM, 0);
    if (file >= 0) close(file);
    return file >= 0;
  case STARTS_PROGRAM:
    execv("/bin/true", arguments);
    return 0;
  case FORKS:
    child = fork();
    if (child == 0) _exit(0);
    if (child > 0) waitpid(child, NULL, 0);
    return child > 0;
  case WRITES_FILE:
    return opened("/tmp/beamline-broken-plugin", O_WRONLY | O_CREAT);
  case READS_FILE:
    return opened("/etc/passwd", O_RDONLY);
  case READS_PARENT:
    return opened(path, O_RDONLY);
  case SIGNALS_PARENT:
    return kill(getppid(), 0) == 0;
  case TRACES_PARENT:
    return ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0;
  case ASKS_FOR_MORE:
    return sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){1}) == 0;
  default:
    return 0;
  }
}

/* Tries everything; what a process should have none of is its environment. */
static void be_hostile(void) {
  static const int deeds[] = {OPENS_SOCKET, STARTS_PROGRAM, FORKS, WRITES_FILE, READS_FILE, READS_PARENT, SIGNALS_PARENT, TRACES_PARENT};
  extern char **environ;
  size_t index;
  for (index = 0; index < sizeof deeds / sizeof deeds[0]; index++)
    if (reached(deeds[index])) fprintf(stderr, "reached %d\n", deeds[index]), abort();
  if (environ != NULL && environ[0] != NULL) fprintf(stderr, "reached %s\n", environ[0]), abort();
}

static void eat_memory(void) {
  size_t size = 64 << 20;
  char *memory;
  while ((memory = malloc(size)) != NULL) memset(memory, 1, size);
}

static beam_status count(struct beam_instance *self, const beam_request *request) {
  const beam_host *host = self->host;
  char answer[64];
  beam_call call = request->call;
  int length;
  beam_status status = host->emit(host, call, BEAM_E_LOG, STR("{\"level\":\"info\",\"data\":1}"));
  while (broken == WAITS_FOR_EMIT && status == BEAM_BUSY) {
    usleep(1000);
    status = host->emit(host, call, BEAM_E_LOG, STR("{\"level\":\"info\",\"data\":1}"));
  }
  switch (broken) {
  case EATS_MEMORY:
    eat_memory();
    break;
  case HOSTILE:
    be_hostile();
    break;
  case NEVER_COMPLETES:
    return BEAM_OK;
  case COMPLETES_AND_REFUSES:
    complete(self, call, BEAM_OK, STR("{\"count\":1}"));
    return BEAM_UNAVAILABLE;
  case INVENTS_CALL:
    complete(self, call + ((beam_call)7 << 32), BEAM_OK, STR("{\"count\":1}"));
    break;
  case KEEPS_POINTER:
  case COMPLETES_TWICE_LATER:
    begin(self, run_late_answer, (struct later){self, call, request->body.ptr, request->body.len});
    return BEAM_OK;
  case READS_BEYOND:
    if (strlen(request->body.ptr) > 1 << 20) abort();
    break;
  case WRITES_TO_BODY:
    *(char *)request->body.ptr = '{';
    break;
  case SMALL_BUFFER:
    if (request->body.len > 65536) raise(SIGSEGV);
    break;
  case SHARES_CALL:
    last_call = call;
    usleep(200);
    call = last_call;
    break;
  case SLOW_SUBMIT:
    usleep(60000);
    break;
  case LEAKS_MEMORY:
    if (malloc(100) == NULL) abort();
    break;
  case LEAKS_FILES:
    if (open("/dev/null", O_RDONLY | O_CLOEXEC) < 0) return BEAM_UNAVAILABLE;
    break;
  case LEAKS_THREADS:
    start_thread(run_idle, NULL);
    break;
  case NOT_JSON:
    complete(self, call, BEAM_OK, STR("{count:1}"));
    return BEAM_OK;
  case NOT_UTF8:
    complete(self, call, BEAM_OK, STR("{\"count\":1,\"text\":\"\xff\"}"));
    return BEAM_OK;
  case NOT_ITS_SCHEMA:
    complete(self, call, BEAM_OK, STR("{\"count\":\"one\"}"));
    return BEAM_OK;
  case EMPTY_RESULT:
    complete(self, call, BEAM_OK, NONE);
    return BEAM_OK;
  case NO_QUESTION:
    complete(self, call, BEAM_INPUT_REQUIRED, STR("{\"ask\":\"Which site?\"}"));
    return BEAM_OK;
  case HUGE_RESULT:
    complete(self, call, BEAM_OK, huge());
    return BEAM_OK;
  default:
    (void)reached(broken);
    break;
  }
  length = snprintf(answer, sizeof answer, "{\"count\":%llu}", (unsigned long long)request->body.len);
  complete(self, call, BEAM_OK, (beam_str){answer, (uint64_t)length});
  return BEAM_OK;
}

static void on_reply(void *user, beam_status status, beam_str body) {
  struct later *later = user;
  (void)body;
  if (broken == KEEPS_REPLY) kept_reply = body;
  if (broken == IGNORES_CANCEL && status == BEAM_CANCELLED) return;
  if (status == BEAM_OK)
    complete(later->self, later->call, BEAM_OK, STR("{\"count\":0}"));
  else
    complete(later->self, later->call, status, STR("{\"message\":\"The source does not answer.\"}"));
  free(later);
}

static beam_status ask(struct beam_instance *self, const beam_request *request) {
  struct later *later = malloc(sizeof *later);
  beam_status status;
  *later = (struct later){self, request->call, NULL, 0};
  status = self->host->invoke(self->host, request->call, STR("source.query"), STR("{\"source\":\"panda\",\"sql\":\"SELECT 1\"}"),
                              on_reply, later, NULL);
  if (status != BEAM_OK) free(later);
  return status;
}

/* The template broken://item/{id}: numbers are there. */
static beam_status read_item(struct beam_instance *self, const beam_request *request) {
  static const char whole[] = "{\"contents\":[{\"uri\":\"%.*s\",\"text\":\"An item.\"}]}";
  char answer[2048];
  int length, is_known = begins(request->name, "broken://item/1") || broken == KNOWS_ALL_RESOURCES;
  if (!is_known) {
    complete(self, request->call, BEAM_NOT_FOUND, STR("{\"message\":\"There is no such item.\"}"));
    return BEAM_OK;
  }
  length = snprintf(answer, sizeof answer, whole, (int)request->name.len, request->name.ptr);
  if (broken == EMPTY_CONTENTS) length = snprintf(answer, sizeof answer, "{\"contents\":[]}");
  if (broken == BARE_CONTENTS) length = snprintf(answer, sizeof answer, "{\"contents\":[{\"uri\":\"broken://item/1\"}]}");
  complete(self, request->call, BEAM_OK, (beam_str){answer, (uint64_t)length});
  return BEAM_OK;
}

/* The prompt item {id}, and completions of both. */
static beam_status suggest(struct beam_instance *self, const beam_request *request) {
  if (request->method == BEAM_M_COMPLETION) {
    complete(self, request->call, BEAM_OK, broken == WRONG_COMPLETION ? STR("{\"values\":[1]}") : STR("{\"values\":[\"1\"]}"));
  } else if (is_named(request, "item") || broken == KNOWS_ALL_PROMPTS) {
    complete(self, request->call, BEAM_OK, broken == NO_MESSAGES ? STR("{}") : STR("{\"messages\":[]}"));
  } else {
    complete(self, request->call, BEAM_NOT_FOUND, STR("{\"message\":\"There is no such prompt.\"}"));
  }
  return BEAM_OK;
}

/* The source archive answers every query with the same two rows, or the first of them. */
static beam_status answer_query(struct beam_instance *self, const beam_request *request) {
  beam_str answer = STR("{\"columns\":[{\"name\":\"id\",\"type\":\"int\"}],\"rows\":[[1],[2]],\"truncated\":false}");
  if (broken == REFUSES_QUERIES) return BEAM_UNSUPPORTED;
  if (!is_named(request, "archive") && broken != KNOWS_ALL_SOURCES) return BEAM_UNSUPPORTED;
  if (!has(request->body, "\"op\":\"query\"") && broken != KNOWS_ALL_OPERATIONS) return BEAM_UNSUPPORTED;
  if (broken == NO_COLUMNS) answer = STR("{\"rows\":[[1]]}");
  if (broken == SHORT_ROWS) answer = STR("{\"columns\":[{\"name\":\"id\",\"type\":\"int\"}],\"rows\":[[1],[]]}");
  if (broken == STRANGE_TYPE) answer = STR("{\"columns\":[{\"name\":\"id\",\"type\":\"number\"}],\"rows\":[]}");
  if (has(request->body, "\"max_rows\":1}") && broken != MANY_ROWS)
    answer = STR("{\"columns\":[{\"name\":\"id\",\"type\":\"int\"}],\"rows\":[[1]],\"truncated\":true}");
  complete(self, request->call, BEAM_OK, answer);
  return BEAM_OK;
}

static void on_nothing(void *user, beam_status status, beam_str body) { (void)user, (void)status, (void)body; }

/* Says what may not be said now. */
static void intrude(struct beam_instance *self) {
  if (broken == ASKS_AFTER_STOP)
    self->host->invoke(self->host, 0, STR("source.query"), STR("{}"), on_nothing, NULL, NULL);
  else
    self->host->notify(self->host, BEAM_N_LIST_CHANGED, STR("{\"lists\":[\"tools\"]}"));
}

/* Does so for longer than the function takes that has started it. */
static void *run_intrusion(void *argument) {
  for (int count = 0; count < 50; count++) {
    intrude(argument);
    usleep(2000);
  }
  return NULL;
}

static beam_status submit(beam_instance *self, const beam_request *request) {
  if (broken == EXACT_SIZE && request->struct_size != sizeof *request) return BEAM_INVALID_ARGUMENT;
  if (broken == EXACT_FLAGS && request->flags != 0) return BEAM_UNSUPPORTED;
  switch (request->method) {
  case BEAM_M_START:
    complete(self, request->call, broken == START_FAILS ? BEAM_UNAVAILABLE : BEAM_OK, STR("{}"));
    return BEAM_OK;
  case BEAM_M_STOP:
    if (broken == STOP_HANGS) return BEAM_OK;
    if (broken == LIVES_ON) start_thread(run_on, self);
    complete(self, request->call, broken == STOP_FAILS ? BEAM_INTERNAL : BEAM_OK, STR("{}"));
    if (broken == NOTIFIES_AFTER_STOP || broken == ASKS_AFTER_STOP) start_thread(run_intrusion, self);
    return BEAM_OK;
  case BEAM_M_HEALTH:
    complete(self, request->call, BEAM_OK, broken == BAD_HEALTH ? STR("{\"status\":\"fine\"}") : STR("{\"status\":\"ok\"}"));
    return BEAM_OK;
  case BEAM_M_LIST:
    if (broken != BAD_LIST) return BEAM_UNSUPPORTED;
    complete(self, request->call, BEAM_OK, STR("[]"));
    return BEAM_OK;
  case BEAM_M_AUTHORIZE:
    if (broken != ALLOWS_ALL && broken != ALLOWS_WITH_WORD) return BEAM_UNSUPPORTED;
    complete(self, request->call, BEAM_OK, broken == ALLOWS_ALL ? STR("{\"allow\":true}") : STR("{\"allow\":\"yes\"}"));
    return BEAM_OK;
  case BEAM_M_RESOURCE_READ:
    return read_item(self, request);
  case BEAM_M_PROMPT_GET:
  case BEAM_M_COMPLETION:
    return suggest(self, request);
  case BEAM_M_SOURCE_QUERY:
    return answer_query(self, request);
  case BEAM_M_TOOL_CALL:
    if (is_named(request, "ask")) return ask(self, request);
    if (is_named(request, "count") || broken == KNOWS_ALL_TOOLS || broken == LONG_NAME) return count(self, request);
    complete(self, request->call, BEAM_NOT_FOUND, STR("{\"message\":\"There is no such tool.\"}"));
    return BEAM_OK;
  default:
    if (broken != KNOWS_ALL_METHODS) return BEAM_UNSUPPORTED;
    complete(self, request->call, BEAM_OK, STR("{}"));
    return BEAM_OK;
  }
}

static beam_status create(const beam_host *host, beam_str config, beam_instance **out) {
  beam_instance *self;
  if (broken == CREATE_FAILS) return BEAM_UNAVAILABLE;
  if (broken == EXITS_IN_CREATE) exit(0);
  while (broken == HANGS_IN_CREATE) pause();
  if (broken == READS_CONFIG_BEYOND && config.ptr[config.len] != 0) return BEAM_INVALID_ARGUMENT;
  if (broken == CREATE_ASKS) host->poll(host, 1);
  self = mmap(NULL, sizeof *self, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  self->host = host;
  pthread_mutex_init(&self->lock, NULL);
  pthread_cond_init(&self->changed, NULL);
  if (only == NULL) only = self;
  *out = self;
  if (broken == SETS_SIGNAL) signal(SIGUSR1, SIG_IGN);
  if (broken == SETS_LOCALE) setlocale(LC_ALL, "C.UTF-8");
  if (broken == CHANGES_FOLDER && chdir("/usr") != 0) return BEAM_UNAVAILABLE;
  if (broken == SETS_ENVIRONMENT) setenv("BROKEN_PLUGIN", "1", 1);
  if (broken == SETS_UMASK) umask(077);
  if (broken == OPENS_FILE && open("/dev/null", O_RDONLY | O_CLOEXEC) < 0) return BEAM_UNAVAILABLE;
  if (broken == CLOSES_INPUT) close(0);
  if (broken == STARTS_THREAD) start_thread(run_idle, NULL);
  if (broken == NOTIFIES_BEFORE_START) start_thread(run_intrusion, self);
  return BEAM_OK;
}

static void destroy(beam_instance *self) {
  if (broken == KEEPS_REPLY && kept_reply.len > 0 && kept_reply.ptr[0] == 0) abort();
  pthread_mutex_lock(&self->lock);
  while (self->threads > 0) pthread_cond_wait(&self->changed, &self->lock);
  pthread_mutex_unlock(&self->lock);
  if (self != only || broken == LIVES_ON) munmap(self, sizeof *self);
}

static void cancel(beam_instance *self, beam_call call, beam_status why) { (void)self, (void)call, (void)why; }

__attribute__((constructor)) static void load(void) {
  if (broken == CRASHES_AT_LOAD) raise(SIGSEGV);
  if (broken == OPENS_SOCKET_AT_LOAD) (void)reached(OPENS_SOCKET);
  if (broken == HOSTILE) be_hostile();
}

#define MANIFEST(schema, tool, input, output) MANIFEST_OF(schema, tool, input, output, "broken://item/{id}")
#define MANIFEST_OF(schema, tool, input, output, template)                                                                            \
  "{\"schema\":\"" schema "\",\"id\":\"org.example.broken\",\"version\":\"1.0.0\",\"namespace\":\"broken\","             \
  "\"abi\":{\"major\":1,\"min_minor\":0},\"execution\":{\"concurrency\":64},\"tools\":["                                 \
  "{\"name\":\"" tool "\",\"description\":\"Counts the bytes of its arguments.\",\"inputSchema\":" input                 \
  ",\"outputSchema\":" output "},"                                                                                       \
  "{\"name\":\"ask\",\"description\":\"Asks a source that may not answer.\",\"inputSchema\":{\"type\":\"object\"},"       \
  "\"outputSchema\":{\"type\":\"object\"}}],\"resourceTemplates\":[{\"uriTemplate\":\"" template "\",\"name\":\"an item\"}],"   \
  "\"prompts\":[{\"name\":\"item\",\"arguments\":[{\"name\":\"id\"}]}],"                                                \
  "\"provides\":[{\"name\":\"archive\",\"kind\":\"sql\"}],\"sources\":[{\"name\":\"panda\",\"kind\":\"sql\",\"required\":false}],"      \
  "\"auth\":{\"roles\":{\"user\":\"a member\"},\"rules\":[{\"match\":\"*\",\"call\":{\"anyRole\":[\"user\"]}}]}}"
#define KNOWN "beamline.manifest/1"
#define INPUT "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\",\"maxLength\":50}},\"required\":[\"text\"]}"
#define OUTPUT "{\"type\":\"object\",\"properties\":{\"count\":{\"type\":\"integer\"}},\"required\":[\"count\"]}"

static beam_str manifest(void) {
  static int calls;
  if (broken == CHANGING_MANIFEST && calls++ % 2) return STR(MANIFEST(KNOWN, "other", INPUT, OUTPUT));
  if (broken == WRONG_MANIFEST) return STR(MANIFEST("beamline.manifest/9", "count", INPUT, OUTPUT));
  if (broken == WRONG_SCHEMA) return STR(MANIFEST(KNOWN, "count", "{\"type\":\"objekt\"}", OUTPUT));
  if (broken == WRONG_OUTPUT_SCHEMA) return STR(MANIFEST(KNOWN, "count", INPUT, "{\"$ref\":\"#/nowhere\"}"));
  if (broken == WRONG_TEMPLATE) return STR(MANIFEST_OF(KNOWN, "count", INPUT, OUTPUT, "broken://item/{id"));
  if (broken == LONG_NAME) return STR(MANIFEST(KNOWN, "counts_the_bytes_of_its_arguments_one_after_another", INPUT, OUTPUT));
  return STR(MANIFEST(KNOWN, "count", INPUT, OUTPUT));
}

static const beam_plugin plugin = {
    BROKEN == SHORT_TABLE ? 40 : sizeof plugin,
    BROKEN == WRONG_MAJOR ? 2 : BEAM_ABI_MAJOR,
    BEAM_ABI_MINOR,
    BROKEN == UNKNOWN_FLAG ? (uint64_t)1 << 40 : 0,
    manifest,
    create,
    destroy,
    submit,
    BROKEN == NO_CANCEL ? NULL : cancel,
    NULL,
};

#ifdef UNRESOLVED
void nowhere(void);
#endif
#ifdef ONE_MORE
BEAM_EXPORT void one_more(void);
void one_more(void) {}
#endif

const beam_plugin *beam_plugin_v1(const beam_host *host) {
#ifdef UNRESOLVED
  nowhere();
#endif
  if (broken == REFUSES_HOST) return NULL;
  if (broken == EXACT_SIZE && host->struct_size != sizeof *host) return NULL;
  return &plugin;
}

#ifdef WRITTEN_CODE
__asm__(".text\n.quad beam_text_relocation\n.data\nbeam_text_relocation: .quad 0\n.text\n");
#endif
