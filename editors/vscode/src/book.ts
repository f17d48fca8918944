// Where the book and the program are.
import * as path from 'node:path';
import * as vscode from 'vscode';

export const settings = () => vscode.workspace.getConfiguration('dama-pub');
export const program = () => settings().get<string>('path') || 'dama-pub';

/** The folder of the book that a file belongs to, or of the first book of the workspace. */
export async function bookFolder(uri?: vscode.Uri): Promise<string | undefined> {
  for (let dir = uri?.fsPath; dir && path.dirname(dir) !== dir; dir = path.dirname(dir)) {
    const book = vscode.Uri.file(path.join(dir, 'manuscript', 'book.yaml'));
    if (await vscode.workspace.fs.stat(book).then(() => true, () => false)) return dir;
  }
  const [first] = await vscode.workspace.findFiles('**/manuscript/book.yaml', '**/node_modules/**', 1);
  return first && path.dirname(path.dirname(first.fsPath));
}
