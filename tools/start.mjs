// `npm start`: from a fresh clone to a running study, and every time after.
import { prepare } from './install.mjs';

await prepare();

const { join, resolve } = await import('node:path');
const { root } = await import('./install.mjs');
const { build, buildInBackground, keptSecret, startSystem } = await import('./system.mjs');

const folder = process.env.LESIONWISE_HOME ?? join(root, '.lesionwise');
const began = Date.now();

console.log('Building…');
build('@lesionwise/api');
console.log('Starting the database, the API and a worker…');
const system = await startSystem(folder, {
  apiPort: Number(process.env.LESIONWISE_API_PORT ?? 4000),
  webPort: Number(process.env.PORT ?? 3000),
});

let isStopping = false;
async function stop(status) {
  if (isStopping) return;
  isStopping = true;
  console.log('\nStopping…');
  await system.stop();
  process.exit(status);
}
process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

const demoArguments = [
  ...['--folder', join(folder, 'demo'), '--models', join(root, 'models')],
  ...(process.env.LESIONWISE_DATA ? ['--data', resolve(process.env.LESIONWISE_DATA)] : []),
];

try {
  const email = 'admin@lesionwise.localhost';
  const password = keptSecret(join(folder, 'admin-password'));
  await system.command('create-admin', [
    '--email',
    email,
    '--password-file',
    join(folder, 'admin-password'),
  ]);
  const web = buildInBackground('@lesionwise/web').then(() => system.startWeb());
  web.then(
    () => {
      console.log(
        `\n  Lesionwise  ${system.url}\n  Sign in     ${email}\n  Password    ${password}\n`,
      );
    },
    () => {},
  );
  // Both at once: the demo's images are drawn and imported while the web is built.
  await Promise.all([web, system.command('demo', demoArguments)]);
  console.log(
    `\nReady after ${Math.round((Date.now() - began) / 1000)} s: ${system.url} (Ctrl+C stops)`,
  );
} catch (error) {
  console.error(error.message);
  await stop(1);
}
