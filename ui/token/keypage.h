// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The key ring: every key with what it is for and which one decided; keys are pasted, read from files, asked
// for at an issuer, made, copied in another form, removed. Secret parts leave by a copy that was asked for,
// and are shown nowhere.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/latestjob.h>
#include <base/time.h>
#include <keys/source.h>
#include <state/certificatelist.h>
#include <state/keydraft.h>
#include <state/keylist.h>
#include <token/celltable.h>
#include <token/tokenreading.h>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace claimcheck::ui {

class CertificatePart;
class GenerateRow;

class KeyPage : public QWidget
{
    Q_OBJECT
public:
    explicit KeyPage(QWidget* parent = nullptr);

    void setRing(const inspect::KeyRing& ring);
    /// That certificates are judged by; the machine's unless set.
    void setClock(std::function<Instant()> clock);
    /// Which key decided, and why that one.
    void showReading(const TokenReading& reading);
    /// The end of keysRequested().
    void takeFetched(const keys::Source& source, const Result<keys::KeySet>& set);
    void addText(const QString& text);
    void addFile(const QString& path);

Q_SIGNALS:
    void ringChanged(const claimcheck::inspect::KeyRing& ring);
    void keysRequested(const claimcheck::keys::Source& source);
    void keysCancelled();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeList();
    QWidget* makeDetail();
    QWidget* makeAdding();
    QWidget* makePassphraseRow();
    QWidget* makeAddressRow();
    QWidget* makeProgressRow();

    void add(const Result<inspect::KeyRing>& added);
    void change(inspect::KeyRing ring);
    void showRing();
    void showRows();
    void showDetail();
    void say(const QString& problem);
    void wait(const QString& what);
    void cancel();
    void chooseFile();
    void retryWithPassphrase();
    void fetch();
    void ask(const keys::Source& source);
    void askForMissing(const inspect::Inspection& inspection);
    void generate(const KeyDraft& draft);
    void copyAs(KeyForm form);
    void removeCurrent();
    std::optional<std::size_t> current() const;

    std::function<Instant()> m_clock = currentTime;
    inspect::KeyRing m_ring;
    CertificateList m_certificates;
    std::vector<KeyLine> m_lines;
    std::optional<std::size_t> m_chosen;
    std::function<Result<inspect::KeyRing>(const Secret&)> m_locked; ///< what waits for its passphrase
    LatestJob<Result<jose::Key>> m_making;
    bool m_isFetching = false;
    std::optional<keys::Source> m_source;    ///< that was asked last and answered
    std::optional<std::string> m_missingKid; ///< that it was asked for once more

    QLabel* m_count;
    QLabel* m_choice;
    CellTable* m_table;
    QWidget* m_detail = nullptr;
    QLabel* m_detailText;
    QLabel* m_detailProblem;
    CertificatePart* m_certificate;
    QPushButton* m_removeAll;
    QList<QAction*> m_privateCopies;
    QList<QAction*> m_publicCopies;
    QWidget* m_passphraseRow = nullptr;
    QLineEdit* m_passphrase;
    QComboBox* m_addressKind;
    QLineEdit* m_address;
    QPushButton* m_fetch;
    QWidget* m_progress = nullptr;
    QLabel* m_progressText;
    QLabel* m_problem;
    QLabel* m_notes;
    GenerateRow* m_generate;
};

} // namespace claimcheck::ui
