-- A session with `dama-pub lsp` in Neovim without a screen: findings, completion, a name changed in both languages, a quick fix.
-- usage: nvim --headless -u NONE -l session.lua PROGRAM BOOK, or before 0.9: nvim --headless -u NONE -c 'luafile session.lua' with
-- PROGRAM and BOOK in the environment. Ends with 1 where something else came than should.
local here = debug.getinfo(1, 'S').source:sub(2):match('(.*/)')
package.path = here .. '?.lua;' .. package.path
local program, book = os.getenv('PROGRAM'), os.getenv('BOOK')
local out = io.stdout
local function say(...) out:write(table.concat(vim.tbl_map(tostring, { ... }), ' '), '\n') end

local function main()
  vim.o.hidden = true
  require('dama-pub').setup({ cmd = { program, 'lsp' } })
  local function open(name)
    vim.cmd('edit ' .. book .. '/manuscript/' .. name)
    vim.bo.filetype = 'markdown'
    return vim.api.nvim_get_current_buf()
  end
  local zh, en = open('zh/01-a.md'), open('en/01-a.md')
  local function text(buffer) return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') end
  local function codes(buffer)
    local all = vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(buffer))
    table.sort(all)
    return table.concat(all, ', ')
  end
  local function wait(what, test) assert(vim.wait(20000, test, 20), what .. ': ' .. codes(en)) end
  local function at(buffer, piece, behind)
    for line, said in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
      local found = said:find(piece, 1, true)
      if found then
        vim.api.nvim_win_set_buf(0, buffer)
        vim.api.nvim_win_set_cursor(0, { line, found - 1 + (behind or 0) })
        return vim.lsp.util.make_position_params(0, 'utf-16')
      end
    end
    error(piece .. ' is not there')
  end
  local function ask(buffer, method, params)
    local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000)
    for _, answer in pairs(answers or {}) do
      assert(not answer.error, vim.inspect(answer.error))
      return answer.result
    end
  end

  wait('findings', function() return codes(en):find('unknown%-citation') and codes(en):find('number') end)
  say('Neovim ' .. tostring(vim.version().major) .. '.' .. vim.version().minor .. '.' .. vim.version().patch)
  say('findings in en/01-a.md:', codes(en))

  local items = ask(zh, 'textDocument/completion', at(zh, '[@ash2019', 3))
  say('completion after [@a:', items[1].label, '(' .. items[1].detail .. ')')

  at(en, '{#sec:light', 3)
  vim.lsp.buf.rename('sec:lamp')
  wait('rename', function() return text(zh):find('](#sec:lamp)', 1, true) and text(en):find('{#sec:lamp}', 1, true) end)
  say('vim.lsp.buf.rename: sec:lamp in both languages:', select(2, text(zh):gsub('sec:lamp', '')), 'and', select(2, text(en):gsub('sec:lamp', '')), 'places')

  local wrong
  wait('citation', function()
    wrong = vim.tbl_filter(function(one) return one.code == 'unknown-citation' end, vim.diagnostic.get(en))[1]
    return wrong
  end)
  local params = at(en, '[@ahs2019', 3)
  local range = { start = { line = wrong.lnum, character = wrong.col }, ['end'] = { line = wrong.end_lnum, character = wrong.end_col } }
  local actions = ask(en, 'textDocument/codeAction', { textDocument = params.textDocument, range = range, context = { diagnostics = {}, triggerKind = 1 } })
  local titles = vim.tbl_map(function(action) return action.title end, actions)
  say('offered:', table.concat(titles, ' | '))
  for _, action in ipairs(actions) do
    if action.title == 'write `ash2019`' then vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16') end
  end
  wait('fix', function() return not codes(en):find('unknown%-citation') end)
  say('after the quick fix:', codes(en))

  at(zh, '灯芯亮了', 0)
  local hover = ask(zh, 'textDocument/hover', at(zh, '夜里', 0))
  say('hover of 夜里，船从海上回来。:', hover.contents.value)
  local page = ask(zh, 'dama-pub/explain', { code = 'number' })
  say('explain:', (page:match('^[^\n]+')))
end

local good, why = pcall(main)
if not good then say('BROKEN: ' .. tostring(why)) end
vim.cmd(good and 'qall!' or 'cquit 1')
