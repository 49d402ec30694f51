import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLIENTS } from './clients.mjs';
import { FIXTURES, until } from './daemon.mjs';

const text = result => result.content[0].text;

/** What clients can do with the fixtures of `serve --conformance`, beside calling tools. */
const FEATURES = {
  'fills in a form': async client => {
    assert.match(text(await client.call('test_elicitation', { message: 'Who?' })), /action=accept.*ada@example\.org/);
  },
  'declines a form': async client => {
    assert.match(text(await client.call('test_elicitation', { message: 'refuse me' })), /action=decline/);
  },
  'asks its model': async client => {
    assert.equal(text(await client.call('test_sampling', { prompt: 'Capital?' })), 'LLM response: Paris');
  },
  'names its roots': async client => {
    assert.match(text(await client.call('test_input_required_result_list_roots', {})), /file:\/\/\/work/);
  },
  'answers twice in one call': async client => {
    assert.equal(text(await client.call('test_input_required_result_multi_round', {})), 'Ada likes blue.');
  },
  'answers three questions at once': async client => {
    assert.match(text(await client.call('test_input_required_result_multiple_inputs', {})), /Hello, Ada! Paris.*work/);
  },
  'sees progress': async client => {
    const seen = [];
    await client.call('test_tool_with_progress', {}, { onprogress: progress => seen.push(progress.progress) });
    assert.deepEqual(seen, [0, 50, 100]);
  },
  'tells an error of a tool from one of the protocol': async client => {
    assert.equal((await client.call('test_error_handling', {})).isError, true);
    await assert.rejects(client.call('no_such_tool', {}), { code: -32602 });
  },
  'reads resources': async client => {
    const { resources } = await client.listResources();
    assert.deepEqual(
      resources.map(resource => resource.uri).sort(),
      ['test://static-binary', 'test://static-text', 'test://watched-resource'],
    );
    assert.equal((await client.listResourceTemplates()).resourceTemplates[0].uriTemplate, 'test://template/{id}/data');
    const { contents } = await client.readResource({ uri: 'test://template/7/data' });
    assert.equal(JSON.parse(contents[0].text).id, '7');
    assert.ok((await client.readResource({ uri: 'test://static-binary' })).contents[0].blob);
    await assert.rejects(client.readResource({ uri: 'test://nothing' }), /not found/i);
  },
  'gets and completes prompts': async client => {
    const { prompts } = await client.listPrompts();
    assert.ok(prompts.some(prompt => prompt.name === 'test_prompt_with_arguments'));
    const filled = { name: 'test_prompt_with_arguments', arguments: { arg1: 'a', arg2: 'b' } };
    assert.match((await client.getPrompt(filled)).messages[0].content.text, /arg1='a', arg2='b'/);
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: filled.name },
      argument: { name: 'arg1', value: 'a' },
    });
    assert.ok(Array.isArray(completion.values));
  },
  'hears that lists change': async client => {
    const listening = client.modern && (await client.listen({ toolsListChanged: true, promptsListChanged: true }));
    const names = async () => (await client.listTools()).tools.map(tool => tool.name);
    for (const list of ['tool', 'prompt']) {
      await until(`news of a ${list}`, async () => {
        await client.call(`test_trigger_${list}_change`, {});
        return client.heard.some(({ method }) => method === `notifications/${list}s/list_changed`);
      });
    }
    assert.ok((await names()).includes('about'));
    await listening?.close?.();
  },
  'subscribes to a resource': async client => {
    const uri = 'test://watched-resource';
    if (client.modern) {
      const listening = await client.listen({ resourceSubscriptions: [uri] });
      assert.deepEqual(listening.honoredFilter, { resourceSubscriptions: [uri] });
      await listening.close();
      assert.equal(await listening.closed, 'local');
    } else {
      await client.subscribeResource({ uri });
      await client.unsubscribeResource({ uri });
    }
  },
  'hears what a tool logs': async client => {
    const call = { name: 'test_tool_with_logging', arguments: {} };
    if (client.modern) {
      await client.callTool({ ...call, _meta: { 'io.modelcontextprotocol/logLevel': 'info' } });
    } else {
      await client.setLoggingLevel('info');
      await client.callTool(call);
    }
    await until('three messages', async () => client.heard.length >= 3);
    assert.deepEqual(
      client.heard.map(({ params }) => params.data),
      ['Tool execution started', 'Tool processing data', 'Tool execution completed'],
    );
  },
};

for (const [name, connect] of Object.entries(CLIENTS)) {
  for (const [feature, body] of Object.entries(FEATURES)) {
    test(`${name}: ${feature}`, async () => {
      const client = await connect(FIXTURES);
      try {
        await body(client);
      } finally {
        await client.close();
      }
    });
  }
}
