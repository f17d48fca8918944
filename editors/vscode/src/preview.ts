// The preview beside the text: a frame around what `dama-pub watch` serves on this machine.
import { ChildProcess, spawn } from 'node:child_process';
import * as vscode from 'vscode';
import * as door from './door';
import { bookFolder, program } from './book';

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]+\//;

export class Preview implements vscode.Disposable {
  private panel?: vscode.WebviewPanel;
  private watch?: ChildProcess;
  private close?: () => void;

  async open() {
    if (this.panel) return this.panel.reveal(vscode.ViewColumn.Beside, true);
    const folder = await bookFolder(vscode.window.activeTextEditor?.document.uri);
    if (!folder) return;
    const address = await this.start(folder);
    if (!address) return;
    const opened = await door.open(address);
    this.close = opened.close;
    const outside = await vscode.env.asExternalUri(vscode.Uri.parse(opened.address));
    this.panel = vscode.window.createWebviewPanel(
      'dama-pub.preview', 'dama-pub', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, retainContextWhenHidden: true },
    );
    this.panel.webview.html = page(outside.toString(true));
    this.panel.onDidDispose(() => this.dispose());
  }

  /** Starts `dama-pub watch`; gives the address that its first line names. */
  private start(folder: string): Promise<string | undefined> {
    const watch = spawn(program(), ['watch', '--color', 'never'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    this.watch = watch;
    return new Promise(done => {
      let said = '';
      watch.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-4096);
        const [address] = ADDRESS.exec(said) ?? [];
        if (address) done(address);
      });
      watch.on('error', why => this.failed(String(why), done));
      watch.on('exit', () => this.failed(said, done));
    });
  }

  private failed(why: string, done: (address?: string) => void) {
    if (this.watch) void vscode.window.showErrorMessage(`dama-pub watch: ${why}`);
    done(undefined);
    this.dispose();
  }

  dispose() {
    const { watch, panel, close } = this;
    this.watch = this.panel = this.close = undefined;
    close?.();
    watch?.kill();
    panel?.dispose();
  }
}

function page(address: string): string {
  const origin = new URL(address).origin;
  const text = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!DOCTYPE html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; frame-src ${origin}; style-src 'unsafe-inline'">
<style>html,body,iframe{margin:0;padding:0;border:0;width:100%;height:100%;overflow:hidden}</style>
</head><body><iframe title="dama-pub" src="${text}"></iframe></body></html>`;
}
