/* Hearing of what a walled-in process is refused: seccomp's user notification (Linux 5.5). Another process answers. */
#ifndef BEAMLINE_WITNESS_H
#define BEAMLINE_WITNESS_H
#include <stddef.h>
#include <stdint.h>

/* What a system call is for. */
#define WITNESS_OTHER 0
#define WITNESS_READS 1     /* opens a file to read it */
#define WITNESS_WRITES 2    /* changes files */
#define WITNESS_NETWORK 3
#define WITNESS_PROCESSES 4 /* starts others */
#define WITNESS_SIGNALS 5   /* to others */
#define WITNESS_FOLDER 6    /* the process's own */
#define WITNESS_MASK 7      /* for the modes of new files */
#define WITNESS_POWERS 8    /* over other processes or the system */

/* A system call that waits for its answer. */
struct witness_call {
  uint64_t id;
  uint32_t thread;
  int32_t number;
  uint64_t arguments[6];
};

/* Sends one byte and, unless it is -1, a descriptor. 0, or the system's error. */
int witness_send(int socket, int descriptor);

/* Reads what was sent, and takes at most one descriptor, else -1; others are closed. As read(2). */
long witness_receive(int socket, void *buffer, size_t size, int *descriptor);

/* The next call that waits. 0, or the system's error. */
int witness_next(int listener, struct witness_call *call);

/* Lets a call fail with an error, or go on with 0. 0, or the system's error. */
int witness_answer(int listener, uint64_t id, int error);

/* What a call is for, its name or NULL, and its argument that is a path or -1. */
int witness_purpose(const struct witness_call *call, const char **name, int *path);

/* Whether a path is meant from the process's current folder or the root, not from an open folder. */
int witness_is_plain(const struct witness_call *call);

/* Copies a text out of the memory of a thread; how many bytes, 0 when it cannot be read. */
size_t witness_text(uint32_t thread, uint64_t address, char *text, size_t size);

#endif
