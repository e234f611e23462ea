// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Is the secret of this token one that anybody could guess? The published ones are tried, and a list of one's
// own; nothing leaves the machine.

#pragma once

#include <QtWidgets/qwidget.h>

#include <state/secretsearch.h>
#include <theme/banner.h>
#include <theme/progressline.h>

class QLabel;
class QPushButton;

namespace claimcheck::ui {

class SecretPage : public QWidget
{
    Q_OBJECT
public:
    explicit SecretPage(QWidget* parent = nullptr);

    void setToken(const jose::Jws& token);
    void setWordFile(const QString& path);

Q_SIGNALS:
    void secretFound(const claimcheck::Secret& secret);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeButtons();
    QWidget* makeProgress();
    QWidget* makeOutcome();
    void chooseFile();
    void search();
    void showOutcome(const Result<inspect::GuessOutcome>& outcome);
    void setRunning(bool running);

    jose::Jws m_token;
    QString m_wordFile;
    Secret m_found;
    SecretSearch m_search{this};
    QLabel* m_words;
    QLabel* m_file;
    QPushButton* m_start;
    QPushButton* m_forget;
    QWidget* m_progressPart = nullptr;
    ProgressLine* m_line;
    QLabel* m_tried;
    Banner* m_banner;
    QWidget* m_foundPart = nullptr;
};

} // namespace claimcheck::ui
