/** The daemons and the sandbox that run.sh has started; the fixtures are those of `serve --conformance`. */
export const host = process.env.EXAI_TEST_DAEMON;
export const FIXTURES = process.env.EXAI_TEST_FIXTURES;
const sandbox = process.env.EXAI_TEST_SANDBOX;

export const SESSION_ID = 'io.exai/sessionId';
export const RESUMED = 'io.exai/resumed';

export function url(sessionId) {
  return new URL(sessionId ? `ws://${host}/mcp/ws?session=${sessionId}` : `ws://${host}/mcp/ws`);
}

/** How each request with that prompt ended, or that it runs. */
export async function outcomes(prompt) {
  const response = await fetch(`${sandbox}/sandbox/requests`);
  const lines = (await response.text()).split('\n').filter(line => line !== '');
  return lines
    .map(line => JSON.parse(line))
    .filter(visit => visit.prompt === prompt)
    .map(visit => visit.outcome);
}

/** Looks until the condition holds, at most ten seconds. */
export async function until(what, condition) {
  const giveUp = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > giveUp) {
      throw new Error(`not in time: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
