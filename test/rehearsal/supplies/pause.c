/* The process that holds a pod's namespaces: collects what dies in them, and ends when it is told to. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void end(int signal) { _exit(signal == SIGTERM || signal == SIGINT ? 0 : 1); }
static void collect(int signal) { while (waitpid(-1, NULL, WNOHANG) > 0) continue; }

int main(int count, char **words) {
  if (count > 1 && strcmp(words[1], "-v") == 0) return 0; /* kubeadm upgrade's health check runs it so */
  signal(SIGTERM, end);
  signal(SIGINT, end);
  signal(SIGCHLD, collect);
  for (;;) pause();
}
