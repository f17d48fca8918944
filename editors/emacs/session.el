;;; session.el --- dama-pub lsp in Emacs without a screen  -*- lexical-binding: t -*-

;; usage: emacs --batch -l dama-pub.el -l session.el PROGRAM BOOK    findings, and a name changed in both languages with `eglot-rename'.
;; Ends with 1 where something else came than should.

(require 'cl-lib)

(let ((program (pop command-line-args-left)) (book (pop command-line-args-left)))
  (setq eglot-server-programs `((text-mode . (,program "lsp"))) eglot-sync-connect 10 eglot-confirm-server-initiated-edits nil)
  (add-to-list 'auto-mode-alist '("\\.md\\'" . text-mode))
  (cl-flet ((wait (what test)
              (let ((end (+ (float-time) 20)))
                (while (not (or (funcall test) (> (float-time) end))) (accept-process-output nil 0.05))
                (unless (funcall test) (message "BROKEN: %s" what) (kill-emacs 1)))))
    (let ((en (find-file-noselect (expand-file-name "manuscript/en/01-a.md" book)))
          (zh (find-file-noselect (expand-file-name "manuscript/zh/01-a.md" book))))
      (with-current-buffer zh (text-mode))
      (with-current-buffer en
        (text-mode)
        (apply #'eglot (eglot--guess-contact))
        (princ (format "Emacs %s, eglot\n" emacs-version))
        (wait "findings" (lambda () (flymake-mode 1) (flymake-start) (flymake-diagnostics)))
        (princ (format "findings in en/01-a.md: %d\n" (length (flymake-diagnostics))))
        (goto-char (point-min))
        (search-forward "{#sec:")
        (eglot-rename "sec:oil")
        (wait "rename" (lambda () (save-excursion (goto-char (point-min)) (search-forward "{#sec:oil}" nil t)))))
      (with-current-buffer zh
        (princ (format "eglot-rename: in zh/01-a.md: %d places\n" (how-many "sec:oil" (point-min) (point-max))))
        (unless (= 2 (how-many "sec:oil" (point-min) (point-max))) (kill-emacs 1))))))

;;; session.el ends here
