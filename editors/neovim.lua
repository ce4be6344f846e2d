-- lossl in Neovim 0.11 or newer. Put this file into ~/.config/nvim/lsp/ as lossl.lua without its last line,
-- or all of it into init.lua.

vim.lsp.config("lossl", {
  cmd = { "lossl", "server" },
  filetypes = { "python" },
  root_markers = { "lossl.toml", ".lossl.toml", "pyproject.toml", ".git" },
})
vim.lsp.enable("lossl")
