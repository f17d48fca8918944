// Build, check, release, doctor: as tasks, so that the terminal shows what the program says and the problem panel what it found.
import * as vscode from 'vscode';
import { program } from './book';

const COMMANDS: Record<string, string[]> = {
  build: ['build', '--message-format', 'short'],
  check: ['check', '--format', 'short'],
  release: ['build', '--profile', 'screen,print', '--message-format', 'short'],
  doctor: ['doctor'],
};

export function tasks(folder: string): vscode.Task[] {
  return Object.entries(COMMANDS).map(([name, args]) => {
    const execution = new vscode.ProcessExecution(program(), args, { cwd: folder });
    const definition = { type: 'dama-pub', command: name };
    return new vscode.Task(definition, vscode.TaskScope.Workspace, name, 'dama-pub', execution, '$dama-pub');
  });
}
