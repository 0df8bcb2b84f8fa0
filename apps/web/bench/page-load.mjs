// What one first visit of a page costs: bytes of scripts, and the times Chromium itself reports.

/** The line of an office, as Lighthouse assumes for desktops. */
const connection = {
  offline: false,
  latency: 40,
  downloadThroughput: (10_240 * 1024) / 8,
  uploadThroughput: (10_240 * 1024) / 8,
};

/**
 * Opens `url` in a new page of `context`, whose cache is empty, and waits until it has come to rest.
 *
 * @returns {Promise<{documentJsKb: number, jsKb: number, fcpMs: number, lcpMs: number, tbtMs: number,
 *   cls: number}>} scripts in kilobytes (1000 bytes) as they were sent, compressed and without headers: those
 *   that the document asks for, which must come before it answers to clicks, and all until the network is
 *   quiet; first and largest contentful paint; the total blocking time, of tasks what is beyond 50 ms; the
 *   layout shift
 */
export async function firstVisit(context, url) {
  const page = await context.newPage();
  await page.addInitScript(observe);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', connection);
  const headerBytes = new Map();
  const ofDocument = new Set();
  let documentBytes = 0;
  let bytes = 0;
  session.on('Network.requestWillBeSent', ({ requestId, initiator }) => {
    if (initiator.type === 'parser') ofDocument.add(requestId);
  });
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') headerBytes.set(requestId, response.encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const headers = headerBytes.get(requestId);
    if (headers === undefined) return;
    const body = Math.max(0, encodedDataLength - headers);
    bytes += body;
    if (ofDocument.has(requestId)) documentBytes += body;
  });
  await page.goto(url, { waitUntil: 'load', timeout: 90_000 });
  await quiet(page);
  const { longTasks, fcpMs, ...seen } = await page.evaluate(() => globalThis.seen);
  await page.close();
  const tbtMs = longTasks
    .filter(({ startTime, duration }) => startTime + duration > fcpMs)
    .reduce((sum, { duration }) => sum + duration - 50, 0);
  return { documentJsKb: documentBytes / 1000, jsKb: bytes / 1000, fcpMs, tbtMs, ...seen };
}

/** Until nothing was under way for half a second; a page that goes on asking is measured after ten. */
async function quiet(page) {
  await Promise.race([page.waitForLoadState('networkidle'), page.waitForTimeout(10_000)]);
}

/** Runs in the page, before anything of the page does. */
function observe() {
  const seen = { fcpMs: 0, lcpMs: 0, cls: 0, longTasks: [] };
  globalThis.seen = seen;
  const each = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
    });
  each('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.fcpMs = startTime;
  });
  each('largest-contentful-paint', ({ startTime }) => (seen.lcpMs = startTime));
  each('layout-shift', ({ value, hadRecentInput }) => {
    if (!hadRecentInput) seen.cls += value;
  });
  each('longtask', ({ startTime, duration }) => seen.longTasks.push({ startTime, duration }));
}
