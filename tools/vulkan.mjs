// A GPU in software for the tests of the WebGPU device: SwiftShader, which comes with Chromium. It computes
// what a GPU computes, and slowly.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const driver = 'vk_swiftshader_icd.json';
const loader = 'libvulkan.so.1';

/** Where Chromium keeps its libraries: the system's, the user's own, and those that Playwright installed. */
function folders() {
  const playwright =
    process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
  const versions = existsSync(playwright)
    ? readdirSync(playwright).filter((name) => name.startsWith('chromium'))
    : [];
  return [
    ...(process.env.CHROMIUM_PATH ? [dirname(process.env.CHROMIUM_PATH)] : []),
    ...['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'],
    ...versions.flatMap((version) =>
      readdirSync(join(playwright, version)).map((part) => join(playwright, version, part)),
    ),
  ];
}

/**
 * The variables by which the WebGPU device finds a GPU in software; undefined where there is none: on
 * macOS and Windows, which have a GPU of their own, and before a Chromium is installed.
 */
export function softwareVulkan() {
  if (process.platform !== 'linux') return undefined;
  if (process.env.VK_ICD_FILENAMES) return {};
  const folder = folders().find((place) =>
    [driver, loader].every((file) => existsSync(join(place, file))),
  );
  if (folder === undefined) return undefined;
  const paths = [folder, process.env.LD_LIBRARY_PATH].filter((path) => path);
  return {
    VK_ICD_FILENAMES: join(folder, driver),
    // Chromium brings the loader too, so that nothing need be installed beside it.
    LD_LIBRARY_PATH: paths.join(delimiter),
  };
}
