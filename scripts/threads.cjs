// Loaded with `node --require` before the program: the size of Node's thread pool is read when its first thread starts,
// and on Node 20 that is before the first line of an ES module. Each fsync holds a thread, and six buckets may have
// twelve under way; with the usual four threads everything else (signatures, DNS, files) would wait behind them.
process.env.UV_THREADPOOL_SIZE ??= '16'
