;;; dama-pub.el --- dama-pub lsp in Emacs with eglot  -*- lexical-binding: t -*-

;; (load "dama-pub.el") in init.el; then M-x eglot in a chapter, or let `eglot-ensure' do it in the books.
;; eglot comes with Emacs 29; for 28 it is a package of GNU ELPA.

(require 'eglot)
(require 'project)

(defun dama-pub-root (dir)
  "The folder of the book that DIR belongs to, as a project."
  (let ((root (locate-dominating-file dir "manuscript/book.yaml")))
    (and root (cons 'dama-pub root))))

(cl-defmethod project-root ((project (head dama-pub)))
  (cdr project))

(add-hook 'project-find-functions #'dama-pub-root)

(add-to-list 'eglot-server-programs '((markdown-mode yaml-mode text-mode) . ("dama-pub" "lsp")))

(defun dama-pub-ensure ()
  "Starts the server in files of a book."
  (when (and buffer-file-name (dama-pub-root (file-name-directory buffer-file-name)))
    (eglot-ensure)))

(dolist (hook '(markdown-mode-hook yaml-mode-hook))
  (add-hook hook #'dama-pub-ensure))

(provide 'dama-pub)
;;; dama-pub.el ends here
