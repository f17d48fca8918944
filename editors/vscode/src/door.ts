// A door to the preview for the frame in the editor. The preview lets nobody frame it, so that no page of a browser can; this door passes
// everything on as it is and lets the editor's own views frame it, and nobody else. Its address has the part that nobody can guess.
import * as http from 'node:http';
import { AddressInfo } from 'node:net';

const ANCESTORS = 'frame-ancestors vscode-webview: https://*.vscode-cdn.net';

/** Opens a door to an address; gives the address on this side, and what closes it. */
export function open(address: string): Promise<{ address: string; close: () => void }> {
  const inside = new URL(address);
  const here = (value: string) => value.replace(/^(https?:\/\/)[^/]*/, `$1${inside.host}`);
  const server = http.createServer((asked, answer) => {
    const headers = { ...asked.headers, host: inside.host };
    for (const name of ['origin', 'referer'] as const) {
      const value = headers[name];
      if (typeof value === 'string') headers[name] = here(value);
    }
    const options = { host: inside.hostname, port: inside.port, method: asked.method, path: asked.url, headers };
    const passed = http.request(options, got => {
      const policy = got.headers['content-security-policy'];
      if (policy) got.headers['content-security-policy'] = String(policy).replace("frame-ancestors 'none'", ANCESTORS);
      delete got.headers['x-frame-options'];
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  return new Promise((done, failed) => {
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      done({ address: `http://127.0.0.1:${port}${inside.pathname}`, close: () => { server.close(); server.closeAllConnections(); } });
    });
  });
}
