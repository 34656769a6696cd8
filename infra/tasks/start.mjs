/** `npm start`: everything on this machine, with a demo district. Arguments are passed on to `pharos serve`. */
import { ensureInstalled, runNx, runPharos } from './ready.mjs';

ensureInstalled();
const built = runNx(['run-many', '-t', 'build', '--outputStyle=static'], { stdio: ['ignore', 'ignore', 'inherit'] });
if (built !== 0) {
  process.stderr.write('pharos: the build failed; see its message above (npm run build shows all of it)\n');
  process.exit(built);
}
process.exit(runPharos(['serve', '--demo', ...process.argv.slice(2)]));
