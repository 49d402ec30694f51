import { CLIENTS } from './clients.mjs';
import { contract } from './contract.mjs';
import { host } from './daemon.mjs';

for (const [name, connect] of Object.entries(CLIENTS)) {
  contract(name, () => connect(host));
}
