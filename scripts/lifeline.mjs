/**
 * Loaded into a server before its own code: when the launcher is gone, even by `kill -9`, the server drains and stops
 * instead of living on with the port and the database in its hands.
 */
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // The channel alone must not keep a server alive that has nothing left to do.
  process.channel.unref();
}
