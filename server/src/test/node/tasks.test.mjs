import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CallToolResultSchema,
  CreateTaskResultSchema,
  ElicitRequestSchema,
  TaskStatusNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { CLIENTS } from './clients.mjs';
import { FIXTURES } from './daemon.mjs';

/** The tasks of 2025-11-25, which only SDK 1.x knows; 2.x has neither these nor the extension. */
for (const name of ['1.x over WebSocket', '1.x over HTTP']) {
  const withClient = body => async () => {
    const client = await CLIENTS[name](FIXTURES);
    try {
      await body(client, client.experimental.tasks);
    } finally {
      await client.close();
    }
  };
  const slow = seconds => ({ name: 'slow_compute', arguments: { seconds, label: name } });

  test(
    `${name}: starts a task, follows it and has its result`,
    withClient(async (client, tasks) => {
      await client.listTools();
      const seen = [];
      for await (const message of tasks.callToolStream(slow(0.3), undefined, { task: { ttl: 60_000 } })) {
        seen.push(message);
      }
      assert.equal(seen[0].type, 'taskCreated');
      assert.equal(seen.at(-1).type, 'result');
      assert.match(seen.at(-1).result.content[0].text, /^Computed/);
      const { taskId } = seen[0].task;
      assert.equal((await tasks.getTask(taskId)).status, 'completed');
      assert.ok((await tasks.listTasks()).tasks.some(task => task.taskId === taskId));
    }),
  );

  test(
    `${name}: hears how a task stands`,
    withClient(async (client, tasks) => {
      await client.listTools();
      const statuses = [];
      const over = new Promise(resolve =>
        client.setNotificationHandler(TaskStatusNotificationSchema, ({ params }) => {
          statuses.push(params);
          if (params.status === 'completed') resolve();
        }),
      );
      const stream = tasks.callToolStream(slow(1.5), undefined, { task: { ttl: 60_000 } });
      const { task } = (await stream.next()).value;
      await over;
      await stream.return();
      assert.ok(statuses.every(status => status.taskId === task.taskId));
    }),
  );

  test(
    `${name}: is asked by a task that it waits for`,
    withClient(async (client, tasks) => {
      await client.listTools();
      client.setRequestHandler(ElicitRequestSchema, async () => ({ action: 'accept', content: { confirm: true } }));
      const call = { name: 'confirm_delete', arguments: { filename: 'a.txt' } };
      const { task } = await client.request(
        { method: 'tools/call', params: { ...call, task: { ttl: 60_000 } } },
        CreateTaskResultSchema,
      );
      const result = await tasks.getTaskResult(task.taskId, CallToolResultSchema);
      assert.match(result.content[0].text, /a\.txt/);
    }),
  );

  test(
    `${name}: cancels a task`,
    withClient(async (client, tasks) => {
      await client.listTools();
      const stream = tasks.callToolStream(slow(60), undefined, { task: { ttl: 60_000 } });
      const { task } = (await stream.next()).value;
      assert.equal((await tasks.cancelTask(task.taskId)).status, 'cancelled');
      await stream.return();
      assert.equal((await tasks.getTask(task.taskId)).status, 'cancelled');
    }),
  );
}
