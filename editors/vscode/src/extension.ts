// The editor's end of `dama-pub lsp`: starts it, shows the preview of `dama-pub watch` beside the text, and runs the commands.
// Nothing is sent anywhere: the only connections are the pipes of the two programs and the preview on this machine.
import * as vscode from 'vscode';
import { LanguageClient, LanguageClientOptions, ServerOptions, State } from 'vscode-languageclient/node';
import { bookFolder, program, settings } from './book';
import { Preview } from './preview';
import { tasks } from './tasks';

let client: LanguageClient | undefined;

function server(): LanguageClient {
  const args = ['lsp', ...(settings().get<string[]>('arguments') ?? [])];
  const run: ServerOptions = { command: program(), args };
  // The YAML extension offers what the schema has; what is offered twice is offered once too often.
  const yaml = vscode.extensions.getExtension('redhat.vscode-yaml') !== undefined;
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: 'file', language: 'markdown', pattern: '**/manuscript/**/*.md' },
      { scheme: 'file', pattern: '**/manuscript/*.{yaml,yml,bib,json}' },
    ],
    initializationOptions: {
      ghostText: settings().get('ghostText'),
      sentencePerLine: settings().get('sentencePerLine'),
    },
    middleware: {
      provideCompletionItem: (document, position, context, token, next) =>
        yaml && document.languageId === 'yaml' ? [] : next(document, position, context, token),
      provideCodeActions: async (document, range, context, token, next) => {
        const actions = await next(document, range, context, token);
        return actions?.map(action => (action instanceof vscode.CodeAction ? withReason(action) : action));
      },
    },
  };
  return new LanguageClient('dama-pub', 'dama-pub', run, options);
}

/** A waiver is made with its reason, for which the author is asked. */
function withReason(action: vscode.CodeAction): vscode.CodeAction {
  const check = (action as { data?: { waives?: string } }).data?.waives;
  if (!check || !action.edit) return action;
  const [[uri, edits]] = action.edit.entries();
  action.command = { command: 'dama-pub.waive', title: action.title, arguments: [uri, edits[0].range.start, edits[0].newText, check] };
  action.edit = undefined;
  return action;
}

async function waive(uri: vscode.Uri, at: vscode.Position, line: string, check: string) {
  const prompt = vscode.l10n.t('Why is it right as it is?');
  const reason = await vscode.window.showInputBox({ prompt, title: check });
  if (!reason?.trim()) return;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, at, line.replace(/\s*-->/, ` ${reason.trim().replaceAll('--', '—')} -->`));
  await vscode.workspace.applyEdit(edit);
}

/** The pages of codes, as read-only documents. */
class Pages implements vscode.TextDocumentContentProvider {
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const code = uri.path.split('/').pop();
    return (await client?.sendRequest<string | null>('dama-pub/explain', { code })) ?? '';
  }
}

async function counterpart() {
  await vscode.commands.executeCommand('editor.action.revealDefinition');
}

async function run(command: string) {
  const folder = await bookFolder(vscode.window.activeTextEditor?.document.uri);
  if (!folder) return vscode.window.showInformationMessage(vscode.l10n.t('There is no book in this folder: `dama-pub new my-book` begins one.'));
  const task = tasks(folder).find(task => task.name === command);
  return task && vscode.tasks.executeTask(task);
}

async function start() {
  client = server();
  client.onDidChangeState(({ newState }) => {
    void vscode.commands.executeCommand('setContext', 'dama-pub.active', newState === State.Running);
  });
  try {
    await client.start();
  } catch (why) {
    const text = vscode.l10n.t('dama-pub cannot be started ({0}). Set its path in the settings.', String(why));
    void vscode.window.showErrorMessage(text);
  }
}

export async function activate(context: vscode.ExtensionContext) {
  const preview = new Preview();
  const command = (name: string, run: (...args: never[]) => unknown) => vscode.commands.registerCommand(`dama-pub.${name}`, run);
  context.subscriptions.push(
    preview,
    vscode.workspace.registerTextDocumentContentProvider('dama-pub', new Pages()),
    vscode.tasks.registerTaskProvider('dama-pub', {
      provideTasks: async () => {
        const folder = await bookFolder();
        return folder ? tasks(folder) : [];
      },
      resolveTask: () => undefined,
    }),
    command('preview', () => preview.open()),
    command('waive', waive),
    command('counterpart', counterpart),
    command('restart', async () => {
      await client?.stop();
      await start();
    }),
    ...['build', 'check', 'release', 'doctor'].map(name => command(name, () => run(name))),
  );
  await start();
}

export async function deactivate() {
  await client?.stop();
}
