// Loaded before a worker, this makes libvips crash on marked photographs, as a poisoned file would: in the
// worker itself, and in the process that it decodes suspects in.
import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import sharp from 'sharp';

/** Stands in the bytes of a photograph that crashes. */
const MARK = 'crashes the decoder';

const { toBuffer } = sharp.prototype;
sharp.prototype.toBuffer = function (...args) {
  const { buffer } = this.options.input;
  if (buffer?.includes(MARK)) process.kill(process.pid, 'SIGSEGV');
  return toBuffer.apply(this, args);
};

const { fork } = childProcess;
childProcess.fork = (program, options) =>
  fork(program, { ...options, execArgv: ['--import', import.meta.url] });
syncBuiltinESMExports();
