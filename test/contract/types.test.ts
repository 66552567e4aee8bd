// These tests are held to their own types: node strips them unread.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Program } from './lib/program.ts';

test('the types hold', async () => {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const check = new Program([process.execPath, fileURLToPath(import.meta.resolve('typescript/package.json')).replace('package.json', 'bin/tsc'), '--noEmit', '--project', folder]);
    assert.equal(await check.awaitEnd(), 0, check.words);
});
