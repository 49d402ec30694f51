import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomes, until } from './daemon.mjs';

const LONG = 'word '.repeat(400).trim();

/** What every client must be able to do; `connect` gives a connected one. */
export function contract(name, connect) {
  const withClient = body => async () => {
    const client = await connect();
    try {
      await body(client);
    } finally {
      await client.close();
    }
  };

  test(
    `${name}: lists the tools`,
    withClient(async client => {
      const { tools } = await client.listTools();
      assert.deepEqual(tools.map(tool => tool.name).sort(), ['chat', 'listmodels', 'status', 'version']);
      assert.ok(tools.every(tool => tool.inputSchema.type === 'object'));
    }),
  );

  test(
    `${name}: shows text before the answer`,
    withClient(async client => {
      const prompt = `Hello from ${name}, slowly`;
      const seen = [];
      const result = await client.call('chat', { prompt }, { onprogress: progress => seen.push(progress) });
      assert.equal(result.content[0].text, `[sandbox] You said: ${prompt}`);
      assert.ok(seen.some(progress => progress.message), 'no text in progress');
      assert.ok(seen.every((progress, index) => index === 0 || progress.progress > seen[index - 1].progress));
    }),
  );

  test(
    `${name}: shows which argument is wrong`,
    withClient(async client => {
      const result = await client.call('chat', { prompt: 'x', temperature: 3 });
      assert.equal(result.isError, true);
      assert.match(result.content[0].text, /VALIDATION_ERROR.*temperature.*3.*expected/s);
    }),
  );

  test(
    `${name}: runs many calls at once`,
    withClient(async client => {
      const prompts = Array.from({ length: 8 }, (_, number) => `${name} ${number}`);
      const results = await Promise.all(prompts.map(prompt => client.call('chat', { prompt })));
      assert.deepEqual(
        results.map(result => result.content[0].text),
        prompts.map(prompt => `[sandbox] You said: ${prompt}`),
      );
    }),
  );

  test(
    `${name}: cancels a call down to the vendor`,
    withClient(async client => {
      const prompt = `${name} ${LONG}`.slice(0, 2000);
      const abort = new AbortController();
      const call = client.call('chat', { prompt }, { signal: abort.signal, onprogress: () => abort.abort() });
      await assert.rejects(call);
      await until('the sandbox notices', async () => (await outcomes(prompt)).includes('cancelled'));
    }),
  );
}
