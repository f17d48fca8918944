-- dama-pub for Neovim 0.7 or later: put this file into ~/.config/nvim/lua/ and write `require('dama-pub').setup()` into init.lua.
local M = { cmd = { 'dama-pub', 'lsp' }, options = {} }

-- The folder of the book that a file belongs to.
function M.root(file)
  local found = vim.fn.findfile('manuscript/book.yaml', vim.fn.fnamemodify(file, ':p:h') .. ';')
  return found ~= '' and vim.fn.fnamemodify(found, ':p:h:h') or nil
end

local clients = {}

-- Starts the server for a file of a book, or takes the one that runs.
function M.attach(buffer)
  local root = M.root(vim.api.nvim_buf_get_name(buffer))
  if not root then return end
  if not clients[root] then
    clients[root] = vim.lsp.start_client({
      name = 'dama-pub',
      cmd = M.cmd,
      root_dir = root,
      init_options = M.options,
      capabilities = vim.lsp.protocol.make_client_capabilities(),
      on_exit = function() clients[root] = nil end,
    })
  end
  if clients[root] then vim.lsp.buf_attach_client(buffer, clients[root]) end
end

-- The page of a code, behind an address that a link leads to.
local function page(event)
  local code = event.match:match('[^/]+$')
  local _, client = next(vim.lsp.get_active_clients({ name = 'dama-pub' }))
  if not client then return end
  local answer = client.request_sync('dama-pub/explain', { code = code }, 2000, event.buf)
  vim.api.nvim_buf_set_lines(event.buf, 0, -1, false, vim.split(answer and answer.result or '', '\n'))
  vim.bo[event.buf].buftype, vim.bo[event.buf].filetype, vim.bo[event.buf].modifiable = 'nofile', 'markdown', false
end

function M.setup(options)
  M.cmd = options and options.cmd or M.cmd
  M.options = options and options.init_options or M.options
  local group = vim.api.nvim_create_augroup('dama-pub', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = { 'markdown', 'yaml' },
    callback = function(event) M.attach(event.buf) end,
  })
  vim.api.nvim_create_autocmd('BufReadCmd', { group = group, pattern = 'dama-pub:explain/*', callback = page })
end

return M
