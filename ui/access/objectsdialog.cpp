// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <access/objectsdialog.h>

#include <algorithm>
#include <utility>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qscrollarea.h>

#include <base/text.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int objectsWidth = 480;
constexpr int mostRowsSeen = 8;

QString shownName(const std::string& text)
{
    return toQString(visible(text));
}

std::string typedIn(const QString& text)
{
    return toUtf8(text.trimmed());
}

/// Two who have the same object; nothing where there are none.
std::optional<std::pair<std::string, std::string>> sharers(const collection::OwnedObjects& objects)
{
    for (std::size_t i = 0; i < objects.ids.size(); ++i)
        for (std::size_t j = i + 1; j < objects.ids.size(); ++j)
            if (objects.ids[i].second == objects.ids[j].second)
                return std::pair(objects.ids[i].first, objects.ids[j].first);
    return std::nullopt;
}

} // namespace

std::string likelyVariable(const std::vector<std::string>& variables)
{
    if (variables.size() == 1)
        return variables.front();
    const auto isId = [](const std::string& name) { return toLowerAscii(name).ends_with("id"); };
    const auto found = std::ranges::find_if(variables, isId);
    return found != variables.end() && std::ranges::count_if(variables, isId) == 1 ? *found : std::string();
}

QString objectsProblem(const ObjectsQuestion& question, const collection::OwnedObjects& objects)
{
    if (objects.ids.empty())
        return question.objects.ids.empty() ? ObjectsDialog::tr("Type the value of at least one identity.")
                                            : QString();
    if (objects.variable.empty())
        return ObjectsDialog::tr("Choose the variable that stands for the object.");
    if (std::ranges::find(question.variables, objects.variable) == question.variables.end())
        return ObjectsDialog::tr(
                   "The request does not name {{%1}}: write that into it first, in the place of "
                   "the object's id.")
            .arg(shownName(objects.variable));
    if (const auto both = sharers(objects))
        return ObjectsDialog::tr("%1 and %2 have the same value: each would be asked to be refused what is "
                                 "its own.")
            .arg(shownName(both->first), shownName(both->second));
    return {};
}

ObjectsDialog::ObjectsDialog(ObjectsQuestion question, QWidget* parent)
    : QDialog(parent),
      m_question(std::move(question)),
      m_variable(new ChevronBox),
      m_hint(wrapped(plainLabel())),
      m_save(primaryButton(tr("Save"), QStringLiteral("saveObjects")))
{
    setObjectName(QStringLiteral("objectsDialog"));
    setWindowTitle(tr("Whose objects"));
    setMinimumWidth(objectsWidth);
    QLabel* what = wrapped(plainLabel(
        tr("%1 reaches objects that belong to somebody. Each identity then asks for its own, which the value "
           "beside it names, and for those of the others, which must be refused.")
            .arg(shownName(m_question.request))));
    what->setObjectName(QStringLiteral("objectsQuestion"));
    m_hint->setObjectName(QStringLiteral("objectsHint"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addWidget(what);
    column->addWidget(makeFields());
    column->addWidget(m_hint);
    column->addWidget(makeButtons());
    judge();
}

QWidget* ObjectsDialog::makeFields()
{
    auto* part = new QWidget;
    auto* rows = new QFormLayout(part);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(space::medium);
    rows->setVerticalSpacing(space::small);
    setNames(m_variable, QStringLiteral("objectsVariable"), tr("Variable"));
    m_variable->setEditable(true);
    setNames(m_variable->lineEdit(), QStringLiteral("objectsVariableText"), tr("Variable"));
    m_variable->lineEdit()->setFont(monoFont());
    m_variable->lineEdit()->setPlaceholderText(tr("which of its variables"));
    for (const std::string& name : m_question.variables)
        m_variable->addItem(toQString(name));
    m_variable->setCurrentIndex(-1);
    const bool isSaid = !m_question.objects.variable.empty();
    m_variable->setEditText(
        toQString(isSaid ? m_question.objects.variable : likelyVariable(m_question.variables)));
    rows->addRow(mutedLabel(tr("Variable")), m_variable);
    connect(m_variable, &QComboBox::editTextChanged, this, &ObjectsDialog::judge);
    for (const std::string& identity : m_question.identities) {
        auto* field = new QLineEdit;
        setNames(field, QStringLiteral("objectId"), tr("The object of %1").arg(shownName(identity)));
        field->setFont(monoFont());
        for (const auto& [owner, id] : m_question.objects.ids)
            if (owner == identity)
                field->setText(toQString(id));
        field->setPlaceholderText(tr("none"));
        rows->addRow(mutedLabel(shownName(identity)), field);
        connect(field, &QLineEdit::textChanged, this, &ObjectsDialog::judge);
        m_ids.push_back(field);
    }
    if (!m_variable->currentText().isEmpty() && !m_ids.empty())
        m_ids.front()->setFocus(); // what is missing
    if (m_question.identities.size() <= mostRowsSeen)
        return part;
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(part);
    return scroll;
}

QWidget* ObjectsDialog::makeButtons()
{
    QPushButton* cancel = pushButton(tr("Cancel"), QStringLiteral("cancelObjects"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &ObjectsDialog::saveRequested);
    auto* part = new QWidget(this);
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_save);
    m_save->setDefault(true); // not before it is in the dialog
    return part;
}

collection::OwnedObjects ObjectsDialog::objects() const
{
    collection::OwnedObjects typed{typedIn(m_variable->currentText()), {}, m_question.objects.others};
    for (std::size_t i = 0; i < m_ids.size(); ++i)
        if (std::string id = typedIn(m_ids[i]->text()); !id.empty())
            typed.ids.emplace_back(m_question.identities[i], std::move(id));
    return typed;
}

void ObjectsDialog::say(const QString& text, const char* kind)
{
    m_hint->setText(text);
    setKind(m_hint, kind);
}

void ObjectsDialog::judge()
{
    const collection::OwnedObjects typed = objects();
    const QString problem = objectsProblem(m_question, typed);
    m_save->setEnabled(problem.isEmpty());
    say(problem.isEmpty() && typed.ids.empty()
            ? tr("No identity has one: the request is tested without objects of others.")
            : problem,
        "muted");
}

void ObjectsDialog::refuse(const QString& why)
{
    say(why, "bad");
}

} // namespace claimcheck::ui
