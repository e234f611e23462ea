// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/connectionbox.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <request/collectionfile.h>
#include <state/requestproblems.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

enum VerifyChoice
{
    VerifyAsAround,
    VerifyAlways,
    VerifyNever
};

int choiceOf(const std::optional<bool>& verify)
{
    if (!verify)
        return VerifyAsAround;
    return *verify ? VerifyAlways : VerifyNever;
}

std::optional<bool> verifyOf(int choice)
{
    return choice <= VerifyAsAround ? std::nullopt : std::optional(choice == VerifyAlways);
}

} // namespace

ConnectionPlace connectionPlace(const collection::Collection& collection, const std::string& path)
{
    ConnectionPlace place{collection.directory, path};
    if (const collection::ConnectionRule* rule = collection::connectionAt(collection, path))
        place.rule = *rule;
    place.around = collection::connectionAround(collection, path);
    return place;
}

ConnectionBox::ConnectionBox(QWidget* parent)
    : QWidget(parent),
      m_verify(new ChevronBox),
      m_warning(plainLabel()),
      m_file(new QLineEdit),
      m_problem(plainLabel())
{
    setNames(m_verify, QStringLiteral("connectionVerify"), tr("Verify the server's certificate"));
    m_verify->addItems({QString(), tr("Yes"), tr("No")});
    for (QLabel* label : {m_warning, m_problem}) {
        label->setWordWrap(true);
        setKind(label, "bad");
        label->hide();
    }
    setNames(m_warning, QStringLiteral("connectionWarning"), tr("Warning"));
    setNames(m_problem, QStringLiteral("connectionProblem"), tr("What is wrong with the CA file"));
    m_warning->setText(tr("TLS is not verified: anybody could be at the other end and read what is sent."));
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(space::large);
    form->setVerticalSpacing(space::small);
    form->addRow(tr("Verify the certificate"), leftLine({m_verify}));
    form->addRow(tr("CA file"), makeFileLine());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addWidget(m_warning);
    connect(m_verify, &QComboBox::activated, this, &ConnectionBox::commit);
    connect(m_file, &QLineEdit::editingFinished, this, &ConnectionBox::commit);
    showAround();
}

QWidget* ConnectionBox::makeFileLine()
{
    setNames(m_file, QStringLiteral("connectionCaFile"), tr("File with the authorities to trust as well"));
    m_file->setFont(monoFont());
    auto* choose =
        flatButton(QStringLiteral("file"), tr("Choose a CA file…"), QStringLiteral("chooseConnectionCaFile"));
    connect(choose, &QToolButton::clicked, this, &ConnectionBox::chooseFile);
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::tiny);
    row->addWidget(m_file, 1);
    row->addWidget(choose);
    return line;
}

void ConnectionBox::setPlace(const ConnectionPlace& place)
{
    const bool isOther =
        place.directory != m_place.directory || place.path != m_place.path || place.rule != m_place.rule;
    m_place = place;
    if (isOther)
        fill();
    showAround();
}

void ConnectionBox::fill()
{
    const collection::ConnectionRule rule = m_place.rule.value_or(collection::ConnectionRule());
    m_verify->setCurrentIndex(choiceOf(rule.verify));
    m_file->setText(toQString(rule.caFile));
    showProblem({});
}

/// For the collection itself there is nothing around but what the program does by itself.
void ConnectionBox::showAround()
{
    const bool isCollection = m_place.path.empty() && !m_place.directory.empty();
    m_verify->setItemText(VerifyAsAround,
                          isCollection ? tr("Yes, unless said below") : tr("As the folder says"));
    m_file->setPlaceholderText(m_place.around.caFile.empty() ? tr("certs/ca.pem, beside the system's own")
                                                             : toQString(visible(m_place.around.caFile)));
    const std::optional<bool> own = verifyOf(m_verify->currentIndex());
    m_warning->setVisible(!own.value_or(m_place.around.verify.value_or(true)));
}

std::string ConnectionBox::caFile() const
{
    return asInCollection(m_place.directory, std::string(trimmed(toUtf8(m_file->text()))));
}

std::optional<ConnectionEdit> ConnectionBox::edit() const
{
    ConnectionEdit made{m_place.rule, m_place.rule.value_or(collection::ConnectionRule())};
    made.rule.path = m_place.path;
    const collection::ConnectionRule read = made.rule;
    made.rule.verify = verifyOf(m_verify->currentIndex());
    made.rule.caFile = caFile();
    return made.rule == read ? std::nullopt : std::optional(made);
}

bool ConnectionBox::check()
{
    const std::string file = caFile();
    const bool isAsRead = m_place.rule && m_place.rule->caFile == file;
    const QString problem = isAsRead ? QString() : problemOfCollectionFile(m_place.directory, file);
    showProblem(problem);
    return problem.isEmpty();
}

void ConnectionBox::commit()
{
    showAround();
    if (check() && edit())
        Q_EMIT edited();
}

void ConnectionBox::chooseFile()
{
    const auto chosen = chooseCollectionFile(this, m_place.directory, FileUse::Trusted);
    if (!chosen)
        return;
    m_file->setText(toQString(*chosen));
    commit();
}

void ConnectionBox::say(const Error& error)
{
    showProblem(problemText(error));
}

void ConnectionBox::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

} // namespace claimcheck::ui
