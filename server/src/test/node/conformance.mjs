import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs the conformance suite against a URL and judges every check: what fails must be listed below, and what is listed
 * must fail.
 *
 *   conformance.mjs http|websocket|stdio URL
 */
const REVISIONS = { '2025-11-25': { required: 30, more: 3 }, '2026-07-28': { required: 37, tasks: 10, more: 3 } };

const ADDRESS = 'the Host and Origin that arrive are those of the shim';
const HEADERS = 'there are no headers behind the shim, and it does not compare them with the message';
const POLLING = 'a channel has no stream for each request that could be closed and polled; the shim answers with JSON';

/** What cannot pass where messages travel over one channel, by scenario and check. */
const ONE_CHANNEL = {
  'dns-rebinding-protection/localhost-host-rebinding-rejected': ADDRESS,
  'server-sse-polling/nothing': POLLING,
  'server-stateless/sep-2575-http-server-header-mismatch-400': HEADERS,
  'tasks-request-headers/tasks-headers-reject-mismatched-method': HEADERS,
  'tasks-request-headers/sep-2663-server-rejects-mismatched-mcp-name-on-tasks-get': HEADERS,
  'http-header-validation/sep-2243-server-reject-invalid-headers': HEADERS,
  'http-header-validation/sep-2243-server-reject-error-code': HEADERS,
  'http-custom-header-server-validation/sep-2243-server-reject-invalid-param-chars': HEADERS,
  'http-custom-header-server-validation/sep-2243-server-reject-param-mismatch': HEADERS,
  'http-custom-header-server-validation/sep-2243-server-validate-param-match': HEADERS,
};
const SKIPPED = { 'tasks-status-notifications/nothing': 'the suite itself skips it' };
const EXPECTED = { http: SKIPPED, websocket: { ...SKIPPED, ...ONE_CHANNEL }, stdio: { ...SKIPPED, ...ONE_CHANNEL } };

const [way, url] = process.argv.slice(2);
const SUITE = join(import.meta.dirname, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');

/** Name, kind and failed checks of every scenario that the suite runs for a revision. */
function run(revision) {
  const out = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const command = [SUITE, 'server', '--url', url, '--requirements', revision, '-o', out];
    const { stdout } = spawnSync(process.execPath, command, { encoding: 'utf8', timeout: 240_000 });
    const [, summary = '', unscored = ''] = stdout.split(/^=== SUMMARY ===$|^Not scored/m);
    const lines = summary.matchAll(/^[✓✗] ([\w-]+): (\d+) passed, (\d+) failed$/gm);
    return [...lines].map(([, name, passed, failed]) => ({
      name,
      kind: name.startsWith('tasks-') ? 'tasks' : unscored.includes(` ${name} (`) ? 'more' : 'required',
      failures: failures(out, name, Number(passed), Number(failed)),
    }));
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** Why each failed check of a scenario failed, by scenario and check; to check nothing is to fail, too. */
function failures(out, name, passed, failed) {
  const folder = readdirSync(out).find(each => each.replace(/-\d{4}-\d{2}-\d{2}T.*/, '') === `server-${name}`);
  const checks = folder ? JSON.parse(readFileSync(join(out, folder, 'checks.json'), 'utf8')) : [];
  const bad = checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING');
  if (bad.length < failed || passed + failed === 0) {
    return { [`${name}/nothing`]: `${passed} checks passed, ${failed} failed` };
  }
  return Object.fromEntries(bad.map(({ id, errorMessage = '' }) => [`${name}/${id}`, errorMessage]));
}

/** Prints one line about a revision, and what is not as listed; true when there is no such thing. */
function judge(revision, kinds) {
  const scenarios = run(revision);
  const failed = Object.assign({}, ...scenarios.map(scenario => scenario.failures));
  const wrong = Object.keys(failed).filter(check => !(check in EXPECTED[way]));
  const right = Object.keys(EXPECTED[way]).filter(
    check => !(check in failed) && scenarios.some(({ name }) => check.startsWith(`${name}/`)),
  );
  let complete = true;
  const tallies = Object.entries(kinds).map(([kind, count]) => {
    const ran = scenarios.filter(scenario => scenario.kind === kind);
    const passed = ran.filter(({ failures }) => Object.keys(failures).every(check => check in SKIPPED));
    complete &&= ran.length === count;
    return `${passed.length}/${count} ${kind}`;
  });
  const listed = Object.keys(failed).length - wrong.length;
  console.log(`${way} ${revision}: ${tallies.join(', ')}; ${listed} checks failed as listed, ${wrong.length} others`);
  wrong.forEach(check => console.log(`  ${check}: ${failed[check]}`));
  right.forEach(check => console.log(`  ${check}: passed (expected: ${EXPECTED[way][check]})`));
  return complete && wrong.length === 0 && right.length === 0;
}

const verdicts = Object.entries(REVISIONS).map(([revision, kinds]) => judge(revision, kinds));
process.exit(verdicts.every(Boolean) ? 0 : 1);
